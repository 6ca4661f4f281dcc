namespace Rapport.Kernel.Database;

/// <summary>A record that two people may change at once: the second one is told instead of winning.</summary>
public interface IVersioned
{
    /// <summary>Counts the changes; the ETag of the record.</summary>
    int Version { get; set; }
}
