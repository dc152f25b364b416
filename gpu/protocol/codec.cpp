#include "gpu/protocol/codec.h"

#include "gpu/protocol/fields.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace orrery::gpu {

namespace {

using Json = nlohmann::ordered_json;

template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
using Numbers = std::map<std::string, double>;

template <class T>
Json toJson(const T& value);

struct Writer {
    Json& json;
    template <class T>
    void operator()(const char* key, const T& value) {
        json[key] = toJson(value);
    }
};

template <class T>
Json toJson(const T& value) {
    if constexpr (kIsVector<T>) {
        Json list = Json::array();
        for (const auto& item : value)
            list.push_back(toJson(item));
        return list;
    } else if constexpr (kIsOptional<T>) {
        return value ? toJson(*value) : Json();
    } else if constexpr (std::is_class_v<T> && !std::is_same_v<T, std::string> &&
                         !std::is_same_v<T, Numbers>) {
        Json object = Json::object();
        Writer writer{object};
        fields::each(writer, const_cast<T&>(value)); // the writer takes its members as const
        return object;
    } else {
        return value;
    }
}

/// Reads what is there; a key that is missing keeps its default, one of the wrong type is an error.
struct Reader {
    const Json& json;
    std::string wrong; ///< the first key of the wrong type

    template <class T>
    void operator()(const char* key, T& value) {
        const auto found = json.find(key);
        if (found != json.end() && !read(*found, value) && wrong.empty()) wrong = key;
    }

    static bool read(const Json& from, bool& to) {
        return from.is_boolean() && (to = from.get<bool>(), true);
    }
    static bool read(const Json& from, double& to) {
        if (from.is_null()) return to = std::numeric_limits<double>::quiet_NaN(), true; // JSON has no NaN
        return from.is_number() && (to = from.get<double>(), true);
    }
    static bool read(const Json& from, std::string& to) {
        return from.is_string() && (to = from.get<std::string>(), true);
    }
    template <class T>
    requires std::is_integral_v<T>
    static bool read(const Json& from, T& to) {
        if (!from.is_number_integer()) return false;
        if (from.is_number_unsigned()) {
            const auto value = from.get<std::uint64_t>();
            return std::in_range<T>(value) && (to = static_cast<T>(value), true);
        }
        const auto value = from.get<std::int64_t>();
        return std::in_range<T>(value) && (to = static_cast<T>(value), true);
    }
    template <class T>
    static bool read(const Json& from, std::vector<T>& to) {
        if (!from.is_array()) return false;
        to.resize(from.size());
        return std::ranges::equal(from, to, [](const Json& j, T& item) { return read(j, item); });
    }
    template <class T>
    static bool read(const Json& from, std::optional<T>& to) {
        return from.is_null() ? (to.reset(), true) : read(from, to.emplace());
    }
    static bool read(const Json& from, Numbers& to) {
        if (!from.is_object()) return false;
        for (const auto& [key, value] : from.items())
            if (!read(value, to[key])) return false;
        return true;
    }
    template <class T>
    requires std::is_class_v<T>
    static bool read(const Json& from, T& to) {
        if (!from.is_object()) return false;
        Reader reader{from, {}};
        fields::each(reader, to);
        return reader.wrong.empty();
    }
};

constexpr std::array<const char*, 9> kRequests{"info",      "ceilings", "bench",    "check",    "cancel",
                                               "waterfall", "timeline", "classify", "fill_mask"};
constexpr std::array<const char*, 12> kEvents{"hello",     "ceilings", "sample",   "bench",
                                              "check",     "progress", "error",    "done",
                                              "waterfall", "timeline", "classify", "fill_mask"};
static_assert(kEvents.size() == std::variant_size_v<Payload>);

bool isAbout(RequestKind kind, std::initializer_list<RequestKind> kinds) {
    return std::ranges::find(kinds, kind) != kinds.end();
}

/// A line that goes on through a bad byte: file names are not always UTF-8.
std::string lineOf(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Expected<Json> objectOf(std::string_view line) {
    const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth < 8; };
    Json json = Json::parse(line, shallow, false);
    if (json.is_discarded() || !json.is_object()) return fail("a line that is not a JSON object");
    return json;
}

template <std::size_t N>
std::size_t indexOf(const std::array<const char*, N>& names, const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

template <std::size_t I = 0>
bool readPayload(std::size_t wanted, const Json& json, Payload& payload) {
    if constexpr (I == std::variant_size_v<Payload>) {
        return false;
    } else {
        if (I != wanted) return readPayload<I + 1>(wanted, json, payload);
        return Reader::read(json, payload.emplace<I>());
    }
}

} // namespace

std::string encode(const Request& request) {
    Json json{{"id", request.id}, {"request", kRequests[static_cast<std::size_t>(request.kind)]}};
    if (!request.device.empty()) json["device"] = request.device;
    if (request.kind == RequestKind::Cancel) json["target"] = request.target;
    using enum RequestKind;
    const bool asks = isAbout(request.kind, {Classify, FillMask});
    if (asks || isAbout(request.kind, {Bench, Check, Waterfall, Timeline}))
        json.update(toJson(request.bench));
    if (asks) json.update(toJson(request.ask));
    return lineOf(json);
}

std::string encode(const Event& event) {
    Json json{{"id", event.id},
              {"event", kEvents[event.payload.index()]},
              {"host", event.host},
              {"rank", event.rank},
              {"device", event.device}};
    json["data"] = std::visit([](const auto& payload) { return toJson(payload); }, event.payload);
    return lineOf(json);
}

Expected<Request> decodeRequest(std::string_view line) {
    const auto json = objectOf(line);
    if (!json) return tl::unexpected(json.error());
    Request request;
    std::string kind;
    Reader reader{*json, {}};
    reader("id", request.id), reader("request", kind), reader("device", request.device);
    reader("target", request.target);
    fields::each(reader, request.bench), fields::each(reader, request.ask);
    if (!reader.wrong.empty())
        return fail(fmt::format("“{}” of the request has the wrong type", reader.wrong));
    const std::size_t index = indexOf(kRequests, kind);
    if (index == kRequests.size()) return fail(fmt::format("there is no request “{}”", kind));
    request.kind = static_cast<RequestKind>(index);
    return request;
}

Expected<Event> decodeEvent(std::string_view line) {
    const auto json = objectOf(line);
    if (!json) return tl::unexpected(json.error());
    Event event;
    std::string kind;
    Reader reader{*json, {}};
    reader("id", event.id), reader("event", kind), reader("host", event.host), reader("rank", event.rank);
    reader("device", event.device);
    if (!reader.wrong.empty()) return fail(fmt::format("“{}” of the event has the wrong type", reader.wrong));
    const std::size_t index = indexOf(kEvents, kind);
    if (index == kEvents.size()) return fail(fmt::format("there is no event “{}”", kind));
    static const Json empty = Json::object();
    const auto data = json->find("data");
    if (!readPayload(index, data == json->end() ? empty : *data, event.payload))
        return fail(fmt::format("the data of a “{}” event cannot be read", kind));
    return event;
}

} // namespace orrery::gpu
