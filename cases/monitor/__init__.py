"""The monitor workbook in: opened safely, read, checked whole, compared with what stands, stored.

opening  -> is it a workbook, and a safe one? (surveying looks inside every part)
reading  -> sheets as rows of typed cells, with their row numbers
sheets   -> the fifteen sheets as declarations: columns, form, which facts a row becomes
checking -> every fault at once, as faults.Fault
comparing, storing -> against what stands; then write, all or nothing
importing -> the verb
"""
