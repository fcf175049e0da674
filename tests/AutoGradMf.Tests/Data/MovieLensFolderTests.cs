using System.Globalization;
using System.Text;
using AutoGradMf.Data;
using Xunit;

namespace AutoGradMf.Tests.Data;

public sealed class MovieLensFolderTests : IDisposable
{
    private const string RatingHeader = "userId,movieId,rating,timestamp\n";
    private const string MovieHeader = "movieId,title,genres\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_becomes_a_matrix_of_the_rated_movies_with_ids_and_titles()
    {
        _folder.Write("ratings.csv", RatingHeader + "7,50,3.5,10\n2,50,1.0,20\n7,4,5.0,30\n");
        _folder.Write("movies.csv", MovieHeader + "4,Plain (1990),Drama\n9,Never Rated (1991),Drama\n50,\"Comma, The (1999)\",Comedy\n");

        var set = MovieLensFolder.Load(_folder.FullPath);

        Assert.Equal((2, 2, 3), (set.Matrix.Rows, set.Matrix.Columns, set.Matrix.Count));
        Assert.Equal([2, 7], set.Users.Ids);
        Assert.Equal([4, 50], set.Movies.Ids);
        Assert.Equal([1, 0, 1], set.Matrix.Pattern.ColumnIndices.ToArray());
        Assert.Equal([0L, 1, 3], set.Matrix.Pattern.RowPointers.ToArray());
        Assert.Equal([1.0, 5.0, 3.5], set.Matrix.Values.ToArray());
        Assert.Equal("Plain (1990)", set.TitleOf(0));
        Assert.Equal("Comma, The (1999)", set.TitleOf(1));
    }

    [Fact]
    public void A_movie_without_a_title_goes_by_its_id()
    {
        _folder.Write("ratings.csv", RatingHeader + "1,50,3.5,10\n");
        _folder.Write("movies.csv", MovieHeader);

        Assert.Equal("movie 50", MovieLensFolder.Load(_folder.FullPath).TitleOf(0));
    }

    [Theory]
    [InlineData("\n", false)]
    [InlineData("\r\n", false)]
    [InlineData("\n", true)]
    [InlineData("\r\n", true)]
    public void Line_ends_byte_order_marks_and_empty_lines_make_no_difference(string lineEnd, bool mark)
    {
        var path = Path.Combine(_folder.FullPath, "movies.csv");
        var text = (MovieHeader + "1,Misérables (1995),Drama|War\n\n2,\"He said \"\"No\"\", twice\",\"\"\n\n").Replace("\n", lineEnd, StringComparison.Ordinal);
        File.WriteAllText(path, text, new UTF8Encoding(mark));

        Assert.Equal(
            [new Movie(1, "Misérables (1995)", "Drama|War"), new Movie(2, "He said \"No\", twice", "")],
            MovieLensFolder.ReadMovies(path));
    }

    [Fact]
    public void Numbers_are_read_alike_in_every_culture()
    {
        var path = _folder.Write("ratings.csv", RatingHeader + "1,2,3.5,4\n");
        var before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = culture;
            Assert.Equal([new Rating(1, 2, 3.5, 4)], MovieLensFolder.ReadRatings(path));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("1,2,3.5,4\n1,x,3.0,4\n", 3, 3, "expected a whole number as movieId and found 'x'.")]
    [InlineData("1,2,good,4\n", 2, 5, "expected a number as rating and found 'good'.")]
    [InlineData("1,2,NaN,4\n", 2, 5, "expected a number as rating and found 'NaN'.")]
    [InlineData("1,2,,4\n", 2, 5, "expected a number as rating and found ''.")]
    [InlineData("1,2,3.5,4.5\n", 2, 9, "expected a whole number as timestamp and found '4.5'.")]
    [InlineData("99999999999,2,3.5,4\n", 2, 1, "expected a whole number as userId and found '99999999999'.")]
    [InlineData("1,2,3.5\n", 2, 8, "expected 4 fields (userId,movieId,rating,timestamp) and found 3; 'timestamp' is missing.")]
    [InlineData("1,2,3.5,4,5\n", 2, 10, "expected 4 fields (userId,movieId,rating,timestamp) and found more, from '5' on.")]
    [InlineData("\n1,\"2,3.5,4\n", 3, 3, "expected a closing quote before the end of the line and found none.")]
    [InlineData("1,\"2\"2,3.5,4\n", 2, 6, "expected a comma after the closing quote and found '2'; a quote within quotes is doubled.")]
    public void A_bad_line_is_named_with_file_line_and_column(string lines, int line, int column, string problem)
    {
        var path = _folder.Write("ratings.csv", RatingHeader + lines);

        var error = Assert.Throws<DataFormatException>(() => MovieLensFolder.ReadRatings(path).ToList());

        Assert.Equal((path, line, column), (error.File, error.Line, error.Column));
        Assert.Equal($"{path}, line {line}, column {column}: {problem}", error.Message);
    }

    [Theory]
    [InlineData("", "found an empty file.")]
    [InlineData("userId;movieId;rating;timestamp\n", "found 'userId;movieId;rating;timestamp'.")]
    public void Another_header_is_refused(string text, string found)
    {
        var path = _folder.Write("ratings.csv", text);

        var error = Assert.Throws<DataFormatException>(() => MovieLensFolder.ReadRatings(path).ToList());

        Assert.Equal($"{path}, line 1, column 1: expected the header 'userId,movieId,rating,timestamp' and {found}", error.Message);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        var path = Path.Combine(_folder.FullPath, "movies.csv");
        File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes(MovieHeader + "1,Mis"), 0xE9, .. Encoding.UTF8.GetBytes("rables,Drama\n")]);

        var error = Assert.Throws<DataFormatException>(() => MovieLensFolder.ReadMovies(path).ToList());

        Assert.Equal((2, 6), (error.Line, error.Column));
    }

    [Fact]
    public void A_pair_that_is_rated_twice_is_refused_with_both_lines()
    {
        _folder.Write("movies.csv", MovieHeader);
        _folder.Write("ratings.csv", RatingHeader + "1,2,3.5,4\n8,2,3.0,4\n\n1,2,4.0,9\n");

        var error = Assert.Throws<DataFormatException>(() => MovieLensFolder.Load(_folder.FullPath));

        Assert.Equal(5, error.Line);
        Assert.EndsWith("user 1 rates movie 2 on line 2 already.", error.Message, StringComparison.Ordinal);
        Assert.Equal([4.0, 3.0], MovieLensFolder.Load(_folder.FullPath, DuplicatePolicy.KeepLast).Matrix.Values.ToArray());
    }

    [Fact]
    public void A_missing_folder_or_file_is_named()
    {
        var nowhere = Path.Combine(_folder.FullPath, "nowhere");
        Assert.Contains(nowhere, Assert.Throws<DirectoryNotFoundException>(() => MovieLensFolder.Load(nowhere)).Message, StringComparison.Ordinal);

        Assert.Contains("movies.csv", Assert.Throws<FileNotFoundException>(() => MovieLensFolder.Load(_folder.FullPath)).Message, StringComparison.Ordinal);
        _folder.Write("movies.csv", MovieHeader);
        Assert.Contains("ratings.csv", Assert.Throws<FileNotFoundException>(() => MovieLensFolder.Load(_folder.FullPath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_ratings_is_refused()
    {
        _folder.Write("movies.csv", MovieHeader);
        _folder.Write("ratings.csv", RatingHeader);

        Assert.Contains("expected at least one rating", Assert.Throws<DataFormatException>(() => MovieLensFolder.Load(_folder.FullPath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_stops_when_cancelled()
    {
        var path = _folder.Write("ratings.csv", RatingHeader + "1,2,3.5,4\n1,3,3.5,4\n");
        using var cancellation = new CancellationTokenSource();

        using var ratings = MovieLensFolder.ReadRatings(path, cancellation.Token).GetEnumerator();
        Assert.True(ratings.MoveNext());
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => ratings.MoveNext());
    }

    [SkippableFact]
    public void The_small_MovieLens_set_is_610_users_by_9724_movies()
    {
        var folder = SharedData.MovieLens;
        Skip.If(folder is null, SharedData.Absent);

        var set = MovieLensFolder.Load(folder!);

        Assert.Equal((610, 9724, 100_836), (set.Matrix.Rows, set.Matrix.Columns, set.Matrix.Count));
        Assert.Equal("Toy Story (1995)", set.TitleOf(set.Movies.IndexOf(1)));
        Assert.Equal(3.501556983616962, set.Matrix.Values.ToArray().Average(), 1e-12);
    }
}
