using System.Reflection;

namespace Rapport.Kernel.Database;

/// <summary>The assemblies whose tables make up the one database. Each capability adds its own.</summary>
public sealed class RapportModel
{
    private readonly List<Assembly> assemblies = [typeof(RapportModel).Assembly];

    /// <summary>In the order they were added: the order of the floors.</summary>
    public IReadOnlyList<Assembly> Assemblies => assemblies;

    /// <summary>Adds the tables and ids of a capability.</summary>
    public void Add(Assembly assembly)
    {
        if (!assemblies.Contains(assembly)) assemblies.Add(assembly);
    }
}
