"""How good, how steady and how dear the structured summary is, beside named baselines.

Owns the labelled chats, the measures, the baselines, the table and the plot of cost.
May import the standard library, scikit-learn, scikit-network and matplotlib. It meets the engine as
`deliberation summarise`, a process that reads messages and writes an agenda; only the cost of one
more message (onemore), and what groups that are given have in common (groups), are measured through
`deliberation.engine`. Never imported by the product.
"""
