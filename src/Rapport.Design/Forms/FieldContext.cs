namespace Rapport.Design;

/// <summary>What a Field tells the input inside it, so that label, hint and error belong to it without being written twice.</summary>
public sealed record FieldContext(string Name, string Id, string? DescribedBy, bool Invalid, bool Required);
