"""How members of staff prove who they are: codes by mail, links, a provider's word; and how often they may try."""
