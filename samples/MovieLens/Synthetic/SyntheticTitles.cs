namespace AutoGradMf.Samples.MovieLens.Synthetic;

/// <summary>Titles of movies that nobody made.</summary>
internal static class SyntheticTitles
{
    private static readonly string[] Adjectives =
    [
        "Amber", "Borrowed", "Broken", "Careful", "Crooked", "Distant", "Electric", "Empty", "Endless", "Faithful",
        "Forgotten", "Frozen", "Gentle", "Golden", "Hollow", "Honest", "Invisible", "Lazy", "Lonely", "Lost",
        "Midnight", "Nameless", "Northern", "Paper", "Patient", "Quiet", "Reluctant", "Restless", "Salted", "Second",
        "Secret", "Seventh", "Silver", "Sleeping", "Stubborn", "Sudden", "Tender", "Thirteenth", "Unlikely", "Wandering",
    ];

    private static readonly string[] Nouns =
    [
        "Accordion", "Architect", "Balcony", "Beekeeper", "Bicycle", "Carousel", "Cartographer", "Clockmaker", "Compass", "Corridor",
        "Dentist", "Detour", "Elevator", "Envelope", "Ferry", "Fiddler", "Gardener", "Glacier", "Harbour", "Heirloom",
        "Intersection", "Island", "Jukebox", "Kettle", "Lantern", "Lighthouse", "Locksmith", "Mailbox", "Meridian", "Mountain",
        "Neighbour", "Notebook", "Observatory", "Orchard", "Passenger", "Pendulum", "Piano", "Postcard", "Quarry", "Raincoat",
        "River", "Sailor", "Scarecrow", "Shadow", "Snowstorm", "Stranger", "Suitcase", "Telegram", "Tide", "Translator",
        "Umbrella", "Violin", "Waltz", "Weather", "Window", "Winter", "Witness", "Workshop", "Yesterday", "Zeppelin",
    ];

    private static readonly string[] Places =
    [
        "Apartment Nine", "Birch Lane", "Cape Sorrow", "Dune City", "Elm Street Station", "Fallow Creek", "Granite Bay", "High Water",
        "Inkwell", "Juniper Hill", "Kite Island", "Lower Mill", "Mirror Lake", "Night Market", "Old Quarter", "Platform Four",
    ];

    /// <summary>A title and a year, such as "The Reluctant Locksmith (1987)"; each call of one <paramref name="random"/> gives another.</summary>
    public static IEnumerable<string> Draw(Random random)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var title = $"{Name(random)} ({random.Next(1931, 2021)})";
            if (given.Add(title))
            {
                yield return title;
            }
        }
    }

    private static string Name(Random random) => random.Next(6) switch
    {
        0 => $"The {Pick(Nouns, random)} of {Pick(Places, random)}",
        1 => $"{Pick(Nouns, random)}, {Pick(Nouns, random)}",
        2 => $"{Pick(Adjectives, random)} {Pick(Nouns, random)}",
        3 => $"One {Pick(Nouns, random)} for the {Pick(Nouns, random)}",
        4 => $"Last Days of the {Pick(Adjectives, random)} {Pick(Nouns, random)}",
        _ => $"The {Pick(Adjectives, random)} {Pick(Nouns, random)}",
    };

    private static string Pick(string[] words, Random random) => words[random.Next(words.Length)];
}
