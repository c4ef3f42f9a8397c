"""Units beside each other: funnels, outliers, bands, opening hours, concentration, issues, deprivation."""
