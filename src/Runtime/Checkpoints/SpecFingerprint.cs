using System.Security.Cryptography;
using System.Text;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>Tells whether two specs teach the same thing: the SHA-256 of a spec's text with every default written out.</summary>
public static class SpecFingerprint
{
    /// <param name="text">What describes the learning; without the <c>parallel</c> block, which may change between runs.</param>
    public static string Of(string text) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
