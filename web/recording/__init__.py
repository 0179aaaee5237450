"""Forms by which people record what happened, made from the kinds of facts that the law knows."""
