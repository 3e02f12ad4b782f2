/** Seats of the counties and districts, shown where no map pictures are to be had. `west`: the name stands on that side. */
export const LANDMARKS: readonly { code: string; longitude: number; latitude: number; west?: boolean }[] = [
  { code: '321302', longitude: 118.2425, latitude: 33.9632, west: true },
  { code: '321311', longitude: 118.3309, latitude: 33.9466 },
  { code: '321322', longitude: 118.8046, latitude: 34.1112 },
  { code: '321323', longitude: 118.7033, latitude: 33.7231 },
  { code: '321324', longitude: 118.2237, latitude: 33.4561 },
]
