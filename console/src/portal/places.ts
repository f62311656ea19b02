/** Where the portal's pages are, below /portal. */
export const places = {
  endpoints: '/',
  endpoint: (id: string) => `/endpoint/${id}`,
  messages: '/message',
  message: (id: string) => `/message/${id}`,
  attempts: '/attempt',
  attempt: (message: string, id: string) => `/message/${message}/attempt/${id}`,
  undelivered: '/undelivered',
  act: (id: string) => `/act/${id}`,
  eventTypes: '/event-type',
  eventType: (name: string) => `/event-type/${encodeURIComponent(name)}`,
  secrets: '/secret',
  status: '/status',
} as const;

/** What stands in the navigation. */
export const navigation = [
  { text: 'Endpoints', to: places.endpoints },
  { text: 'Messages', to: places.messages },
  { text: 'Attempts', to: places.attempts },
  { text: 'Not delivered', to: places.undelivered },
  { text: 'Event types', to: places.eventTypes },
  { text: 'Secrets and verification', to: places.secrets },
  { text: 'Status', to: places.status },
] as const;
