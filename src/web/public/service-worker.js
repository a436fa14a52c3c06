// Keeps the shell of the page, so that it opens while the host is away and says so. Never anything of the library.

const shelf = 'shell'

self.addEventListener('install', (event) => {
  self.skipWaiting()
  event.waitUntil(stayAside(event))
})
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (event.request.method !== 'GET' || origin !== self.location.origin) return
  if (pathname.startsWith('/assets/')) event.respondWith(keptFirst(event.request))
  else if (event.request.mode === 'navigate') event.respondWith(hostFirst(event.request))
})

/** Where the browser can be told: pictures and lists never pass through here, and the shell waits for no start of ours. */
async function stayAside(event) {
  const ofShell = { or: [{ urlPattern: '/assets/*' }, { requestMode: 'navigate' }] }
  try {
    await event.addRoutes?.([
      { condition: { not: ofShell }, source: 'network' },
      { condition: ofShell, source: 'race-network-and-fetch-handler' },
    ])
  } catch {
    // another form of it: then they pass through here
  }
}

/** Their names change with what is in them. */
async function keptFirst(request) {
  const cache = await caches.open(shelf)
  const kept = await cache.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

async function hostFirst(request) {
  const cache = await caches.open(shelf)
  try {
    const answer = await fetch(request)
    if (answer.ok) await cache.put('/', answer.clone())
    return answer
  } catch (error) {
    const kept = await cache.match('/')
    if (kept) return kept
    throw error
  }
}
