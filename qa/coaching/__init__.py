"""评分 -> 辅导: from evaluations to weak points, strengths and courses; never changes a score."""
