using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Rapport.Customers.Import;

/// <summary>Keeps a value that is never searched by as JSON.</summary>
internal static class AsJson
{
    public static ValueConverter<T, string> Of<T>() =>
        new(value => JsonSerializer.Serialize(value, Json.Options), text => JsonSerializer.Deserialize<T>(text, Json.Options)!);
}
