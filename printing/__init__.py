"""Slips on paper: a frozen dataclass goes in, bytes for a receipt printer come out.

Nothing here knows tickets, services or the database. Whoever wants a slip packs it (`printing.slips`), and a
`printing.worker.Worker` claims packed slips, draws them and sends them to a printer (`printing.printers`).
"""
