using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;

namespace Rapport.Interfaces;

/// <summary>The one place where what was thrown during a request is caught: said in a sentence, and written into the log with the number that the sentence names.</summary>
internal sealed partial class CatchFailures(DatabaseAddress address, ILogger<CatchFailures> log) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext http, Exception failure, CancellationToken ct)
    {
        Read(http, failure).End(http);
        return ValueTask.FromResult(true);
    }

    private WentWrong Read(HttpContext http, Exception failure)
    {
        if (failure is AntiforgeryValidationException { InnerException: BadHttpRequestException inner }) failure = inner;
        if (failure is BadHttpRequestException bad) return Unreadable(http, bad);
        if (failure is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } or DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } })
            return new(StatusCodes.Status400BadRequest, "This request cannot be read", "request.unreadable", "What was sent has a null character in it, which no text has. Take it out and send it again.");
        var trace = Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
        if (DatabaseTrouble.Of(failure, address) is { } trouble)
        {
            LogTrouble(trouble.Sentence, trace);
            http.Response.Headers.RetryAfter = "10";
            return new(StatusCodes.Status503ServiceUnavailable, "Rapport cannot work at the moment", "database.trouble", $"{trouble.Short} Nothing of what you sent was stored. Whoever runs the machine can mend it; then try again.", trace);
        }
        LogFailed(failure, trace);
        return new(StatusCodes.Status500InternalServerError, "Rapport could not do this", "request.failed", "It is a fault of ours, and nothing was half done. Try again; if it stays, tell an administrator the number below.", trace);
    }

    private static WentWrong Unreadable(HttpContext http, BadHttpRequestException bad)
    {
        if (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
            return new(bad.StatusCode, "This is too large", "request.too-large", "What you sent is larger than is taken here. Go back and send less at once; nothing was stored.");
        var detail = bad is UnreadableRequest ? bad.Message : bad.InnerException is JsonException json ? OfJson(json) : OfParameter(http, bad.Message);
        return new(bad.StatusCode, "This request cannot be read", "request.unreadable", detail);
    }

    // Our own converters write for people; what System.Text.Json says of itself names types that nobody outside knows.
    private static string OfJson(JsonException json)
    {
        if (Missing().Match(json.Message) is { Success: true } missing) return $"The body lacks {missing.Groups[1].Value.Replace("'", "\"", StringComparison.Ordinal).TrimEnd('.')}; /api says what it holds.";
        var place = json.Path is { Length: > 1 } path ? $"At {path} in the body" : "In the body";
        return json.Message.Contains("Path:", StringComparison.Ordinal) || json.Message.Contains("Rapport.", StringComparison.Ordinal) || json.Message.Contains("System.", StringComparison.Ordinal)
            ? $"{place} stands something else than belongs there; /api says what does."
            : $"{place}: {json.Message}";
    }

    private static string OfParameter(HttpContext http, string message)
    {
        if (Parameter().Match(message) is not { Success: true } match) return "What was sent is not what this request takes; /api says what it does.";
        var (name, value) = (match.Groups["name"].Value, match.Groups["value"].Value);
        var method = http.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<MethodInfo>();
        var type = method?.GetParameters().FirstOrDefault(p => p.Name == name)?.ParameterType;
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        var takes = type is { IsEnum: true } ? $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}"
            : type == typeof(bool) ? "true or false" : type == typeof(int) || type == typeof(long) ? "a whole number" : "another kind of value";
        return match.Groups["value"].Success ? $"\"{value}\" cannot be {name}; it takes {takes}." : $"The request lacks {name}; /api says what it is.";
    }

    [GeneratedRegex("missing required properties including: (.+)$")]
    private static partial Regex Missing();

    [GeneratedRegex("parameter \"(?:.* )?(?<name>\\w+)\"(?: from \"(?<value>.*)\")?", RegexOptions.Singleline)]
    private static partial Regex Parameter();

    [LoggerMessage(LogLevel.Error, "A request failed ({Trace})")]
    private partial void LogFailed(Exception failure, string trace);

    [LoggerMessage(LogLevel.Error, "A request could not be answered ({Trace}). {Trouble}")]
    private partial void LogTrouble(string trouble, string trace);
}
