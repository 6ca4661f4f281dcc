using Microsoft.AspNetCore.Http;

namespace Rapport.Kernel.Web;

/// <summary>A request that cannot be read (400), with a sentence for whoever sent it.</summary>
public sealed class UnreadableRequest(string sentence) : BadHttpRequestException(sentence);
