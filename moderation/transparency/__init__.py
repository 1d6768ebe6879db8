"""Decisions as statements of reasons in the form of the EU's transparency database.

The field list is public: https://transparency.dsa.ec.europa.eu/page/api-documentation
"""
