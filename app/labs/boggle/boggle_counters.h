// The three ways of keeping a dictionary side by side, as a card of numbers.
#pragma once

#include "app/labs/boggle/boggle_pictures.h"

namespace orrery {

class NumberTable;

/// The one that is played as far as it has come, over its end; the others at their end.
void fillCounters(NumberTable& table, const std::vector<EngineTotals>& totals, boggle::DictionaryKind played,
                  const boggle::SearchCounters& now, std::int64_t wordsNow);

} // namespace orrery
