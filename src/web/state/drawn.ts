/** More begins when the page can be seen; one that cannot be draws nothing. */
export function drawn(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
    setTimeout(resolve, longestDrawingMs)
  })
}

const longestDrawingMs = 250
