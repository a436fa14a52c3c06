/** What Apple's Remote sends, in our name. */
export const remoteHeaders: Readonly<Record<string, string>> = {
  Accept: '*/*',
  'Client-DAAP-Version': '3.13',
  'Client-ATV-Sharing-Version': '1.2',
  'Client-iTunes-Sharing-Version': '3.15',
  'Viewer-Only-Client': '1',
}
