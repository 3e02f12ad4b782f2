import type { InquiryTimeline, TimelineEntry } from '@suqian/api-client'

/** The story as the timeline draws it; the same thing done several times in a row is one line. */
export function linesOf(timeline: InquiryTimeline): TimelineEntry[] {
  const lines = timeline.items.filter(({ kind, note }, place, all) => kind !== all[place + 1]?.kind || note !== '')
  return lines.map(({ kind, title, at, who, note }) => ({ kind, title, at, who, opinion: note, usual_days: null }))
}
