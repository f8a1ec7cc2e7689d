"""Ledgers (台账): the registers that offices keep, made from the cases so that nothing is typed twice."""
