"""The plan: a frozen model, its folder and workbook forms, scenarios, and the difference of two plans."""
