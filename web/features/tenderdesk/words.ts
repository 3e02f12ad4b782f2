/** What a project is chosen from; the words are texts of the same names. */
export const CATEGORIES = ['works', 'goods', 'services', 'land', 'property'] as const
export const METHODS = ['open', 'selective', 'limited'] as const
export const LAWS = ['tender_law', 'procurement_law'] as const
export const REGIONS = ['321300', '321302', '321311', '321322', '321323', '321324'] as const
