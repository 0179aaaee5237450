"""Pictures of cases, drawn as SVG: what is shown (`shapes`), where it stands (`layout`), and how it is written."""
