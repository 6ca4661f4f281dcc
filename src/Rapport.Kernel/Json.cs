using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rapport.Kernel;

/// <summary>How Rapport writes JSON everywhere: camelCase, enums and ids as text, any script unescaped.</summary>
public static class Json
{
    /// <summary>Shared and read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Makes other options write the same way.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new IdsAsText());
        return options;
    }

    private sealed class IdsAsText : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsValueType && Array.Exists(type.GetInterfaces(), IsId);

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options)
        {
            var open = Array.Find(type.GetInterfaces(), IsId)!.GetGenericTypeDefinition() == typeof(IId<>) ? typeof(IdAsText<>) : typeof(MomentAsText<>);
            return (JsonConverter)Activator.CreateInstance(open.MakeGenericType(type))!;
        }

        private static bool IsId(Type type) =>
            type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(IId<>) || type.GetGenericTypeDefinition() == typeof(IMomentId<>));
    }

    private sealed class IdAsText<TId> : JsonConverter<TId> where TId : struct, IId<TId>
    {
        public override TId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => TId.From(reader.GetGuid());
        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class MomentAsText<TId> : JsonConverter<TId> where TId : struct, IMomentId<TId>
    {
        // As text, because numbers over 2^53 do not survive JavaScript.
        public override TId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            IMomentId<TId>.TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("Not an id.");
        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
