/** How long a session may be idle, announced as mstm. A remote that is told 403 after it logs in again by itself. */
export const idleSeconds = 1800
