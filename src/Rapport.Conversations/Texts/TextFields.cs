namespace Rapport.Conversations;

/// <summary>What saved texts can say beside what is known of every mail, where a later floor begins it.</summary>
/// <param name="When">In which texts, in words.</param>
/// <param name="Fields">The fields.</param>
public sealed record TextFields(string When, IReadOnlyList<string> Fields);
