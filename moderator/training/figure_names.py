"""What the breakdowns, and the figures that sum one up, are called."""

FUNCTIONALITIES = "HateCheck by functionality, accuracy"
GROUPS = "HateCheck by group, non-hateful flagged"
TERMS = "Wikipedia by identity term, non-toxic flagged"
TERMS_FUZZED = "Wikipedia fuzzed by identity term, non-toxic flagged"
TERMS_AUC = "Wikipedia fuzzed by identity term, toxic AUC"
FOUND = "Written, kept back, by family: harmful found"
TAKEN = "Written, kept back, by family: harmless flagged"

GAPS = {GROUPS: "HateCheck, gap between groups", TERMS_FUZZED: "Wikipedia fuzzed, gap between identity terms"}
WORST_LABEL = "int8 below fp32, worst label, points"
WORST_CALIBRATION = "Calibration error, validation rows not fitted on, worst label"
