"""Where the law stands, and the words for those whom it binds."""

ACT = "https://www.legislation.gov.uk/ukpga/2014/6/section/"
REGULATION = "https://www.legislation.gov.uk/uksi/2014/1530/regulation/"
CODE = "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25"
AUTHORITY = "the authority"
FAMILY = "the child's parent or the young person"
