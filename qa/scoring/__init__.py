"""判定 -> 评分: from findings and people's answers to points; never reads text."""
