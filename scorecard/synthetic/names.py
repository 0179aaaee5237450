"""Names of nobody: common forenames and surnames, put together by lot. The lists were written for this project."""

_FORENAMES = """
Ada Adam Aisha Alex Alfie Amelia Amir Anna Archie Arjun Arlo Aurora Ava Bella Ben Beth Callum Charlie Chloe Clara
Connor Daisy Daniel Dylan Eden Edie Eli Ella Elliot Elsie Emily Erin Ethan Eva Evie Ezra Faith Felix Finley Freya
George Georgia Grace Hana Hannah Harper Harry Heidi Henry Holly Hugo Ibrahim Imogen Iris Isaac Isla Ivy Jack Jacob
Jade James Jasmine Jasper Jay Jonah Jude Kai Kian Kit Lara Layla Leo Lewis Liam Lily Logan Lola Lucas Lucy Luna Maisie
Maryam Mason Matilda Max Maya Mia Mila Millie Mohammed Molly Nina Noah Noor Oakley Olive Oliver Orla Oscar Otis Penny
Phoebe Poppy Priya Quinn Ralph Ravi Reggie Reuben Rhys Robin Ronnie Rory Rosa Rose Ruby Ryan Sam Sana Sara Scarlett
Seb Sienna Skye Sofia Sonny Stanley Summer Tariq Teddy Theo Thomas Toby Una Violet Wilf Willow Yusuf Zac Zara Zoe
"""
_SURNAMES = """
Abbott Adeyemi Ahmed Akhtar Ali Allen Archer Atkins Bailey Baker Barker Barnes Begum Bell Bennett Bishop Booth Bradley
Brook Brown Burton Butler Byrne Campbell Carr Carter Chapman Clark Clayton Cole Collins Cook Cooper Cross Dale Davies
Dawson Dean Dixon Doyle Drew Dunn Edwards Ellis Evans Farrell Ferguson Field Fisher Fletcher Foster Fox Francis Frost
Gibson Gill Gray Green Hall Harper Harris Hart Hayes Hill Holmes Howard Hughes Hunt Hussain Iqbal Irving Jackson James
Jenkins Johnson Jones Kaur Kaya Kelly Khan King Knight Kowalski Lamb Lane Lawson Lee Lewis Lloyd Long Lowe Malik Marsh
Martin Mason Miah Mills Mistry Moore Morgan Morris Murphy Myers Nash Newton Nolan Nowak Okafor Osei Owen Page Palmer
Park Patel Pearce Perry Pope Porter Powell Price Quinn Rahman Read Reid Rhodes Rice Roberts Rowe Russell Ryan Shah
Sharp Shaw Singh Slater Smith Stone Stubbs Swift Taylor Thorpe Todd Turner Underwood Vaughan Wade Walker Ward Watts
Webb Wells West White Wilson Wood Wright Yates Young
"""

FORENAMES = tuple(_FORENAMES.split())
SURNAMES = tuple(_SURNAMES.split())
