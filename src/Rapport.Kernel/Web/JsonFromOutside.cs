using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Rapport.Kernel.Web;

/// <summary>How the bodies of the API are read: as <see cref="Json"/> writes, and what is missing, null, no word of ours or no text that can be stored is named instead of guessed.</summary>
public static class JsonFromOutside
{
    /// <summary>Nobody nests what we take any deeper.</summary>
    private const int Deepest = 32;

    /// <summary>Makes options read so.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new Words());
        options.Converters.Add(new Text());
        Json.Configure(options);
        options.MaxDepth = Deepest;
        options.RespectNullableAnnotations = true;
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(Require);
    }

    // A constructor's parameter that may not be null must be there. What we answer ourselves is not checked on the way out.
    private static void Require(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => !p.PropertyType.IsValueType))
        {
            if (property.Get is not null) property.IsGetNullable = true;
            if (property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false }) property.IsRequired = true;
        }
    }

    private sealed class Text : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String) throw new JsonException("text belongs here, in quotes.");
            var text = reader.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal) ? throw new JsonException("the text has a null character in it, which cannot be stored.") : text;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    private sealed class Words : JsonConverterFactory
    {
        private static readonly JsonStringEnumConverter Usual = new(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Word<>).MakeGenericType(typeToConvert), Usual.CreateConverter(typeToConvert, options))!;
    }

    private sealed class Word<T>(JsonConverter<T> usual) : JsonConverter<T> where T : struct, Enum
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
            return Enum.TryParse<T>(text, ignoreCase: true, out var word) && char.IsAsciiLetter(text[0])
                ? word
                : throw new JsonException($"this takes one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => usual.Write(writer, value, options);

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => usual.ReadAsPropertyName(ref reader, typeToConvert, options);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => usual.WriteAsPropertyName(writer, value, options);
    }
}
