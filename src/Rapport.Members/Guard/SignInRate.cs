using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Rapport.Kernel.Web;

namespace Rapport.Members;

/// <summary>How often one address on the net may try to sign in or to use a link, and how often one account may be tried. IPv6 counts by the network of a household (/64).</summary>
internal static class SignInRate
{
    public const string Policy = "sign-in";
    public const int Attempts = 30;
    /// <summary>So many wrong passwords in a row close an account for <see cref="Window"/>.</summary>
    public const int MostFailures = 5;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public static void Add(RateLimiterOptions options)
    {
        options.AddPolicy(Policy, http => HttpMethods.IsPost(http.Request.Method)
            ? RateLimitPartition.GetSlidingWindowLimiter(From(http), _ => new() { PermitLimit = Attempts, Window = Window, SegmentsPerWindow = 5 })
            : RateLimitPartition.GetNoLimiter(""));
        options.OnRejected = (rejected, _) =>
        {
            var http = rejected.HttpContext;
            http.Response.Headers.RetryAfter = ((int)Window.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            new WentWrong(StatusCodes.Status429TooManyRequests, "Too many attempts", "sign-in.too-many", "Wait five minutes, then try again.").End(http);
            return ValueTask.CompletedTask;
        };
    }

    private static string From(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes, 0, Math.Min(8, bytes.Length));
    }
}
