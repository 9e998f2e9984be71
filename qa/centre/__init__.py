"""通话 -> 中心: promises, topics, change, outcomes; pure, over the calls of a whole centre."""
