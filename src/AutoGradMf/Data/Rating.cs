namespace AutoGradMf.Data;

/// <summary>One rating as a file holds it, under raw ids.</summary>
/// <param name="UserId">The user's raw id.</param>
/// <param name="MovieId">The movie's raw id.</param>
/// <param name="Value">The rating, in stars.</param>
/// <param name="Timestamp">When it was given, in seconds since 1970-01-01 UTC.</param>
public readonly record struct Rating(int UserId, int MovieId, double Value, long Timestamp);
