using System.Globalization;
using System.Text;
using AutoGradMf.Data;
using Xunit;

namespace AutoGradMf.Tests.Data;

/// <summary>The parser of plain lines agrees with the reader of records, which is its reference.</summary>
public sealed class RatingFileTests : IDisposable
{
    private const string Header = "userId,movieId,rating,timestamp";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1,2,3.5,4\n")]
    [InlineData("1,2,3.5,4\r\n")]
    [InlineData("0,2147483647,0.5,1112484727\n")]
    [InlineData("000000000000001,2,005.0,0004\n")]
    [InlineData("-1,2,-3.5,-4\n+1,2,+3.5,+4\n")]
    [InlineData("1,2,3.,4\n1,2,.5,4\n1,2,4,4\n")]
    [InlineData("1,2,0.1,4\n1,2,1234567.12345678,4\n1,2,0.30000000000000004,4\n1,2,99999999999999999999,4\n")]
    [InlineData("1,2,3.5,999999999999999999\n1,2,3.5,9223372036854775807\n")]
    [InlineData("\"1\",\"2\",\"3.5\",\"4\"\n")]
    [InlineData("1,2,3.5,4\r5,6,1.0,8\n7,8,1.0,9")]
    [InlineData("\n\r\n1,2,3.5,4\n\n")]
    [InlineData("1,2,3.5,4\n1,2,3.5,4\0\n")]
    public void Lines_are_read_as_the_reader_of_records_reads_them(string lines)
    {
        var path = _folder.Write("ratings.csv", Header + "\n" + lines);

        var ratings = MovieLensFolder.ReadRatings(path).ToList();

        Assert.NotEmpty(ratings);
        Assert.Equal(Reference(path), ratings);
    }

    [Theory]
    [InlineData("1,2,3.5,4 \n")]
    [InlineData("1,2,3.5,4\n1 ,2,3.5,4\n")]
    [InlineData("1,2,3.5,4\n1,2,3e2,4\n")]
    [InlineData("1,2,3.5,4\n2147483648,2,3,4\n")]
    [InlineData("1,2,3.5,4\n1,2,3.5,9223372036854775808\n")]
    [InlineData("1,2,3.5,4\r1,2,x,4\n")]
    public void Faults_are_those_of_the_reader_of_records(string lines)
    {
        var path = _folder.Write("ratings.csv", Header + "\n" + lines);
        _folder.Write("movies.csv", "movieId,title,genres\n");

        var expected = Assert.Throws<DataFormatException>(() => Reference(path).Count);

        Assert.Equal(expected.Message, Assert.Throws<DataFormatException>(() => MovieLensFolder.ReadRatings(path).Count()).Message);
        Assert.Equal(expected.Message, Assert.Throws<DataFormatException>(() => MovieLensFolder.Load(_folder.FullPath, DuplicatePolicy.KeepLast)).Message);
    }

    /// <summary>Blocks of four megabytes: one begins within a line, within a line end, and right after one, as lines of all lengths come.</summary>
    [Theory]
    [InlineData("\n", true)]
    [InlineData("\r\n", false)]
    public void Files_of_several_blocks_are_read_whole(string lineEnd, bool endsWithLine)
    {
        var text = new StringBuilder(Header + lineEnd);
        var expected = new List<Rating>();
        var random = new Random(1);
        while (text.Length < 9_000_000)
        {
            var rating = new Rating(expected.Count / 100, random.Next(1 << random.Next(20)), random.Next(1, 11) / 2.0, random.Next());
            expected.Add(rating);
            text.Append(CultureInfo.InvariantCulture, $"{rating.UserId},{rating.MovieId},{rating.Value:0.0},{rating.Timestamp}{lineEnd}");
        }

        var path = _folder.Write("ratings.csv", text.ToString()[..^(endsWithLine ? 0 : lineEnd.Length)]);
        _folder.Write("movies.csv", "movieId,title,genres\n");

        Assert.Equal(expected, MovieLensFolder.ReadRatings(path));
        var (set, kept) = (MovieLensFolder.Load(_folder.FullPath, DuplicatePolicy.KeepFirst), expected.DistinctBy(r => (r.UserId, r.MovieId)).ToList());
        Assert.Equal(kept.Count, set.Matrix.Count);
        Assert.All(kept.Where((_, place) => place % 1000 == 0), r => Assert.Equal(r.Value, set.Matrix[set.Users.IndexOf(r.UserId), set.Movies.IndexOf(r.MovieId)]));
    }

    [Fact]
    public void A_line_longer_than_what_is_read_at_once_is_a_line()
    {
        var path = _folder.Write("ratings.csv", Header + "\n1,2,3.5,4\n" + new string('0', 5_000_000) + "7,8,1.5,9\n5,6,2.5,7\n");

        Assert.Equal([new(1, 2, 3.5, 4), new(7, 8, 1.5, 9), new(5, 6, 2.5, 7)], MovieLensFolder.ReadRatings(path));
    }

    [Fact]
    public void A_fault_far_down_is_named_with_its_line()
    {
        var path = _folder.Write("ratings.csv", Header + "\n" + string.Concat(Enumerable.Repeat("1,2,3.5,4\n", 500_000)) + "1,2,bad,4\n1,2,worse,4\n");

        var error = Assert.Throws<DataFormatException>(() => MovieLensFolder.ReadRatings(path).Count());

        Assert.Equal((500_002, 5), (error.Line, error.Column));
    }

    [Theory]
    [InlineData(DuplicatePolicy.KeepFirst, 3)]
    [InlineData(DuplicatePolicy.KeepLast, 2)]
    [InlineData(DuplicatePolicy.Sum, 9)]
    [InlineData(DuplicatePolicy.Mean, 3)]
    public void Several_ratings_become_one_by_the_policy(DuplicatePolicy duplicates, double expected)
    {
        Rating[] ratings = [new(9, 5, 3, 10), new(2, 7, 1, 3), new(9, 5, 4, 30), new(9, 1, 5, 1), new(9, 5, 2, 20)];

        var set = RatingSet.From(ratings, [], duplicates);

        Assert.Equal([1, 5, expected], set.Matrix.Values.ToArray());
        Assert.Equal([3.0, 1, 30], set.Times.Values.ToArray());
        Assert.Equal([0L, 1, 3], set.Matrix.Pattern.RowPointers.ToArray());
    }

    [Fact]
    public void A_saved_set_is_opened_with_its_times_ids_and_titles()
    {
        var set = RatingSet.From([new(9, 5, 3, 10), new(2, -7, 1, 3)], [new(5, "Misérables, Les", "Drama"), new(6, "None", "")]);
        var path = Path.Combine(_folder.FullPath, "set");

        set.Save(path);
        var opened = RatingSet.Open(path);

        Assert.True(opened.Matrix.Pattern.SameAs(set.Matrix.Pattern));
        Assert.Equal(set.Matrix.Values.ToArray(), opened.Matrix.Values.ToArray());
        Assert.Equal(set.Times.Values.ToArray(), opened.Times.Values.ToArray());
        Assert.Equal(set.Users.Ids, opened.Users.Ids);
        Assert.Equal(set.Movies.Ids, opened.Movies.Ids);
        Assert.Equal(["movie -7", "Misérables, Les"], Enumerable.Range(0, 2).Select(opened.TitleOf));
        Assert.Equal(set.Matrix.Values.ToArray(), SparseMatrix<double>.Open(path).Values.ToArray());
    }

    private static List<Rating> Reference(string path) =>
        [.. CsvLines.Read(path, RatingFile.Columns, CancellationToken.None).Select(RatingFile.Parse)];
}
