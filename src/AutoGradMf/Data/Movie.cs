namespace AutoGradMf.Data;

/// <summary>One movie as a file holds it.</summary>
/// <param name="Id">The movie's raw id.</param>
/// <param name="Title">The title, usually with the year in parentheses.</param>
/// <param name="Genres">The genres, as the file joins them.</param>
public sealed record Movie(int Id, string Title, string Genres);
