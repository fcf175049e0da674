using System.Text;

namespace AutoGradMf.Data;

public sealed partial class RatingSet
{
    /// <summary>
    /// Writes ratings, times, ids and titles to a binary file, to be opened again in a moment. A file that is there already is replaced when
    /// the new one is complete.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="cancellationToken">Ends the writing, and leaves what was there.</param>
    public void Save(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var titled = Enumerable.Range(0, Movies.Count).Where(column => _titles.ContainsKey(Movies[column])).ToArray();
        var titles = Array.ConvertAll(titled, column => Encoding.UTF8.GetBytes(_titles[Movies[column]]));
        SectionFile.Write(
            path,
            [
                .. Matrix.Sections,
                Section.Of<double>("times", Times.Values.ToArray()),
                Section.Of<int>("user ids", Users.Ids.ToArray()),
                Section.Of<int>("movie ids", Movies.Ids.ToArray()),
                Section.Of<int>("titled", titled),
                Section.Of<int>("title lengths", Array.ConvertAll(titles, title => title.Length)),
                Section.Of<byte>("titles", titles.SelectMany(title => title).ToArray()),
            ],
            cancellationToken);
    }

    /// <summary>Opens what <see cref="Save"/> wrote. O(ratings), at the speed of memory where the file is cached.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFileException">The file is cut short, altered, or holds something else.</exception>
    public static RatingSet Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = new SectionFile(path);
        var matrix = SparseMatrix<double>.From(file, path);
        var (users, movies) = (file.Read<int>("user ids"), file.Read<int>("movie ids"));
        var times = file.Read<double>("times");
        return (users.Length, movies.Length, times.Length) == (matrix.Rows, matrix.Columns, matrix.Count)
            ? new(matrix, new(matrix.Pattern, times), new(users), new(movies), Titles(file, movies))
            : throw new DataFileException(path, "it does not hold an id of each user and movie and a time of each rating");
    }

    private static Dictionary<int, string> Titles(SectionFile file, int[] movies)
    {
        var (titles, start) = (new Dictionary<int, string>(), 0);
        var text = file.Read<byte>("titles");
        foreach (var (column, length) in file.Read<int>("titled").Zip(file.Read<int>("title lengths")))
        {
            titles[movies[column]] = Encoding.UTF8.GetString(text, start, length);
            start += length;
        }

        return titles;
    }
}
