using System.Buffers;
using System.Text.Json;

namespace OpsConsole.Engine.Alarms.Ingest.Wire;

/// <summary>
/// Turns an OTLP metrics request in protobuf into the JSON of the same request, with exactly the fields that <see cref="OtlpMetrics"/> reads, so that both ways
/// have one meaning. Field numbers are those of opentelemetry-proto 1.x (<c>metrics/v1</c>, <c>common/v1</c>, <c>resource/v1</c>). Messages are read where they lie;
/// what nests no field of ours is passed over unread. Throws <see cref="FormatException"/> for what is no message.
/// </summary>
public sealed class OtlpWire : IDisposable
{
    /// <summary>So many messages may lie in a request: resources, scopes, metrics, points and attributes together.</summary>
    public const int MostMessages = 400_000;

    private const string TooMany = "it holds too many messages; send fewer at once";

    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly Utf8JsonWriter _writer;
    private readonly List<ulong> _numbers = [];
    private int _messages;

    private OtlpWire() => _writer = new(_json);

    private delegate void Each(ReadOnlySpan<byte> message);

    public static JsonDocument Read(ReadOnlySpan<byte> request)
    {
        using var wire = new OtlpWire();
        wire._writer.WriteStartObject();
        wire.List("resourceMetrics", request, 1, wire.Resource);
        wire._writer.WriteEndObject();
        wire._writer.Flush();
        return JsonDocument.Parse(wire._json.WrittenMemory);
    }

    public void Dispose() => _writer.Dispose();

    private void Resource(ReadOnlySpan<byte> message)
    {
        for (var fields = new WireReader(message); fields.Next();)
        {
            if (fields.Field == 1)
            {
                _writer.WriteStartObject("resource");
                Attributes(fields.Inner, 1);
                _writer.WriteEndObject();
            }
        }

        List("scopeMetrics", message, 2, scope => List("metrics", scope, 2, Metric));
    }

    private void Metric(ReadOnlySpan<byte> message)
    {
        var kind = 0;
        for (var fields = new WireReader(message); fields.Next();)
        {
            switch (fields.Field)
            {
                case 1:
                    _writer.WriteString("name", fields.Text);
                    break;
                case 3:
                    _writer.WriteString("unit", fields.Text);
                    break;
                case 5 or 7 or 9 or 10 or 11:
                    kind = fields.Field;
                    break;
                default:
                    break;
            }
        }

        // One of the kinds is meant: the last, as protobuf has it.
        for (var fields = new WireReader(message); fields.Next();)
        {
            if (fields.Field == kind)
            {
                _writer.WriteStartObject(kind switch { 5 => "gauge", 7 => "sum", 9 => "histogram", 10 => "exponentialHistogram", _ => "summary" });
                Data(fields.Inner, kind);
                _writer.WriteEndObject();
            }
        }
    }

    private void Data(ReadOnlySpan<byte> message, int kind)
    {
        if (kind is 10 or 11)
        {
            return;
        }

        for (var fields = new WireReader(message); fields.Next();)
        {
            if (fields.Field == 2 && kind is 7 or 9)
            {
                _writer.WriteNumber("aggregationTemporality", (int)Math.Min(fields.Whole, int.MaxValue));
            }
        }

        List("dataPoints", message, 1, kind == 9 ? HistogramPoint : NumberPoint);
    }

    private void NumberPoint(ReadOnlySpan<byte> message)
    {
        var (value, whole) = ((ulong?)null, false);
        for (var fields = new WireReader(message); fields.Next();)
        {
            Times(fields);
            if (fields.Field is 4 or 6)
            {
                (value, whole) = (fields.Eight, fields.Field == 6);
            }
        }

        if (value is { } bits && whole)
        {
            _writer.WriteNumber("asInt", (long)bits);
        }
        else if (value is { } real)
        {
            _writer.WritePropertyName("asDouble");
            Real(real);
        }

        Attributes(message, 7);
    }

    private void HistogramPoint(ReadOnlySpan<byte> message)
    {
        for (var fields = new WireReader(message); fields.Next();)
        {
            Times(fields);
        }

        Numbers("bucketCounts", message, 6, number => _writer.WriteNumberValue(number));
        Numbers("explicitBounds", message, 7, Real);
        Attributes(message, 9);
    }

    private void Times(WireReader field)
    {
        if (field.Field is 2 or 3)
        {
            _writer.WriteNumber(field.Field == 2 ? "startTimeUnixNano" : "timeUnixNano", field.Eight);
        }
    }

    private void Attributes(ReadOnlySpan<byte> message, int number) => List("attributes", message, number, attribute =>
    {
        for (var fields = new WireReader(attribute); fields.Next();)
        {
            if (fields.Field == 1)
            {
                _writer.WriteString("key", fields.Text);
            }
            else if (fields.Field == 2)
            {
                _writer.WriteStartObject("value");
                for (var value = new WireReader(fields.Inner); value.Next();)
                {
                    if (value.Field == 1)
                    {
                        _writer.WriteString("stringValue", value.Text);
                    }
                }

                _writer.WriteEndObject();
            }
        }
    });

    private void List(string name, ReadOnlySpan<byte> message, int number, Each each)
    {
        _writer.WriteStartArray(name);
        for (var fields = new WireReader(message); fields.Next();)
        {
            if (fields.Field == number)
            {
                _messages = _messages < MostMessages ? _messages + 1 : throw new FormatException(TooMany);
                _writer.WriteStartObject();
                each(fields.Inner);
                _writer.WriteEndObject();
            }
        }

        _writer.WriteEndArray();
    }

    private void Numbers(string name, ReadOnlySpan<byte> message, int number, Action<ulong> write)
    {
        _numbers.Clear();
        for (var fields = new WireReader(message); fields.Next();)
        {
            if (fields.Field == number)
            {
                fields.Eights(_numbers);
            }
        }

        _writer.WriteStartArray(name);
        _numbers.ForEach(write);
        _writer.WriteEndArray();
    }

    /// <summary>JSON has no word for what is not finite; OTLP's JSON writes it as text.</summary>
    private void Real(ulong bits)
    {
        var value = BitConverter.UInt64BitsToDouble(bits);
        if (double.IsFinite(value))
        {
            _writer.WriteNumberValue(value);
        }
        else
        {
            _writer.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }
}
