// SPDX-License-Identifier: Apache-2.0
#include "count/course/picture.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/html.h"
#include "count/course/course.h"
#include "count/number/wide.h"

namespace plenum::count {
namespace {

constexpr int most_bands = 24, node_width = 14, height = 520, top = 34, left = 8, gap = 3,
              label_height = 90;  // the last in tenths of a pixel
constexpr std::string_view colours[] = {"#1F5FA8", "#A61B1B", "#0B6E3B", "#7A4B00", "#6B3FA0", "#0E7C86",
                                        "#B3372C", "#4C6A00", "#8A3B6E", "#2F4858", "#C05A00", "#3D5AFE"};

/// A decimal text in millionths of a vote; what is finer cannot be seen.
std::int64_t millionths(std::string_view text) {
    std::int64_t out = 0;
    int behind = -1;
    for (const char c : text) {
        if (c == '.') {
            behind = 0;
        } else if (c >= '0' && c <= '9' && behind < 6) {
            out = out * 10 + (c - '0');
            if (behind >= 0) ++behind;
        }
    }
    for (behind = std::max(behind, 0); behind < 6; ++behind) out *= 10;
    return text.starts_with('-') ? -out : out;
}

/// Pixels that a text of 12 pixels needs, generously: Chinese characters are as wide as high.
int width_of(std::string_view text) {
    int tenths = 0;
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x80)
            tenths += 72;
        else if ((static_cast<unsigned char>(c) & 0xC0) == 0xC0)
            tenths += 125;
    return tenths / 10;
}

/// The beginning of a name that is too long to stand in a band.
std::string shortened(std::string_view name) {
    constexpr int most = 170;
    if (width_of(name) <= most) return std::string(name);
    std::size_t end = name.size();
    do --end;
    while ((static_cast<unsigned char>(name[end]) & 0xC0) == 0x80 || width_of(name.substr(0, end)) > most);
    return std::string(name.substr(0, end)) + "…";
}

struct Link {
    int from, to;
    std::int64_t size;
};
struct Snapshot {
    int round;
    std::vector<std::int64_t> sizes;  ///< by band; the last is "not transferable"
    std::set<int> elected;
    std::vector<Link> links;  ///< from the snapshot before
    bool has_links = false;
};

class Picture {
  public:
    Picture(const Count& count, Language language) : count_(count), language_(language) { choose_bands(); }

    std::string draw() {
        collect();
        if (shots_.empty() || total_ == 0) return {};
        std::int64_t bands = 0;
        for (const auto& shot : shots_)
            bands = std::max<std::int64_t>(
                bands, std::count_if(shot.sizes.begin(), shot.sizes.end(), [](auto s) { return s > 0; }));
        room_ = height - gap * static_cast<int>(bands);
        int end = 0;
        for (const auto& shot : shots_) end = std::max(end, place(shot));
        std::string nodes, links;
        for (std::size_t i = 0; i < shots_.size(); ++i) {
            if (i > 0) links += draw_links(static_cast<int>(i));
            nodes += draw_nodes(static_cast<int>(i));
        }
        const auto width = std::to_string(left + static_cast<int>(shots_.size()) * column_width_),
                   tall = std::to_string(end / 10 + 12);
        std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"" + width + "\" height=\"" +
                          tall + "\" viewBox=\"0 0 " + width + " " + tall +
                          "\" font-family=\"sans-serif\" font-size=\"12\">";
        out += "<title>" + html_escape(say(language_, "count.label.picture")) + "</title><desc>" +
               html_escape(say(language_, "count.label.picture_about")) + "</desc>";
        return out + links + nodes + "</svg>";
    }

  private:
    /// Winners first, then those who stayed longest; what is beyond the most bands shares the last one.
    void choose_bands() {
        const auto n = count_.names.size();
        std::vector<int> order = count_.winners;
        std::set<int> seen(order.begin(), order.end());
        for (auto stage = count_.stages.rbegin(); stage != count_.stages.rend(); ++stage)
            if (stage->event == Event::defeat)
                for (auto who = stage->who.rbegin(); who != stage->who.rend(); ++who)
                    if (seen.insert(*who).second) order.push_back(*who);
        std::vector<int> rest;
        for (int who = 0; who < static_cast<int>(n); ++who)
            if (!seen.contains(who)) rest.push_back(who);
        if (!count_.stages.empty())
            std::stable_sort(rest.begin(), rest.end(), [&](int a, int b) {
                const auto& votes = count_.stages.front().votes;
                return millionths(votes[static_cast<std::size_t>(a)]) > millionths(votes[static_cast<std::size_t>(b)]);
            });
        order.insert(order.end(), rest.begin(), rest.end());
        band_.assign(n, 0);
        const int shown = static_cast<int>(order.size()) > most_bands ? most_bands - 1 : static_cast<int>(order.size());
        for (int place = 0; place < static_cast<int>(order.size()); ++place) {
            const int band = std::min(place, shown);
            band_[static_cast<std::size_t>(order[static_cast<std::size_t>(place)])] = band;
            if (band == static_cast<int>(bands_.size()))
                bands_.push_back(
                    place < shown
                        ? same_text(count_.names[static_cast<std::size_t>(order[static_cast<std::size_t>(place)])])
                        : say_all("count.label.others"));
        }
        lost_ = static_cast<int>(bands_.size());
        bands_.push_back(say_all("count.label.nontransferable"));
    }

    void collect() {
        std::set<int> elected;
        std::vector<Link> links;
        bool has_links = false;
        const auto take = [&](const Stage& stage) {
            Snapshot shot;
            shot.round = stage.round;
            shot.sizes.assign(bands_.size(), 0);
            for (std::size_t who = 0; who < stage.votes.size(); ++who)
                if (!stage.votes[who].empty())
                    shot.sizes[static_cast<std::size_t>(band_[who])] += millionths(stage.votes[who]);
            if (!stage.nontransferable.empty())
                shot.sizes[static_cast<std::size_t>(lost_)] = millionths(stage.nontransferable);
            for (const int who : elected) shot.elected.insert(band_[static_cast<std::size_t>(who)]);
            shot.links = std::move(links);
            shot.has_links = has_links;
            links.clear();
            has_links = false;
            std::int64_t sum = 0;
            for (const auto size : shot.sizes) sum += size;
            total_ = std::max(total_, sum);
            // A step that changes nothing that is shown adds no column.
            if (!shots_.empty() && shots_.back().sizes == shot.sizes) {
                shots_.back().elected = shot.elected;
                return;
            }
            shots_.push_back(std::move(shot));
        };
        for (const auto& stage : count_.stages) {
            if (stage.event == Event::elect) elected.insert(stage.who.begin(), stage.who.end());
            for (const auto& flow : stage.flows) {
                has_links = true;
                const int from = band_[static_cast<std::size_t>(flow.from)],
                          to = flow.to < 0 ? lost_ : band_[static_cast<std::size_t>(flow.to)];
                if (from != to) links.push_back({from, to, millionths(flow.votes)});
            }
            take(stage);
        }
    }

    int scaled(std::int64_t size) const {
        return static_cast<int>(Wide(size) * room_ * 10 / total_);
    }  // in tenths of a pixel

    /// Where the bands lie in a column, and how wide columns must be for what is written there; the lower end.
    int place(const Snapshot& shot) {
        std::vector<std::pair<int, int>> spans(bands_.size());
        int y = top * 10;
        for (std::size_t band = 0; band < bands_.size(); ++band) {
            const int size = std::max(shot.sizes[band] > 0 ? 5 : 0, scaled(shot.sizes[band]));
            spans[band] = {y, y + size};
            if (size > 0) y += size + gap * 10;
            if (size >= label_height)
                for (const auto language : all_languages)
                    column_width_ =
                        std::max(column_width_, node_width + 16 + width_of(words_of(shot, band).in(language)));
        }
        spans_.push_back(std::move(spans));
        return y;
    }

    static std::string tenth(int number) {
        return std::to_string(number / 10) + (number % 10 ? "." + std::to_string(number % 10) : "");
    }
    int x_of(int column) const { return left + column * column_width_; }
    std::string colour(int band) const {
        return band == lost_ ? "#98A2B0" : std::string(colours[static_cast<std::size_t>(band) % std::size(colours)]);
    }

    std::string curve(int x1, int from_top, int from_end, int x2, int to_top, int to_end, const std::string& paint,
                      int opacity, const std::string& about) const {
        const int middle = (x1 + x2) / 2;
        const auto m = std::to_string(middle);
        return "<path class=\"band\" fill=\"" + paint + "\" opacity=\"0." + std::to_string(opacity) + "\" d=\"M" +
               std::to_string(x1) + " " + tenth(from_top) + "C" + m + " " + tenth(from_top) + " " + m + " " +
               tenth(to_top) + " " + std::to_string(x2) + " " + tenth(to_top) + "V" + tenth(to_end) + "C" + m + " " +
               tenth(to_end) + " " + m + " " + tenth(from_end) + " " + std::to_string(x1) + " " + tenth(from_end) +
               "Z\"><title>" + html_escape(about) + "</title></path>";
    }

    std::string draw_links(int column) {
        const auto& before = shots_[static_cast<std::size_t>(column - 1)];
        const auto& now = shots_[static_cast<std::size_t>(column)];
        const auto& from_spans = spans_[static_cast<std::size_t>(column - 1)];
        const auto& to_spans = spans_[static_cast<std::size_t>(column)];
        const int x1 = x_of(column - 1) + node_width, x2 = x_of(column);
        std::string out;
        std::vector<int> leave(bands_.size()), arrive(bands_.size());
        std::vector<std::int64_t> gained(bands_.size(), 0);
        for (const auto& link : now.links) gained[static_cast<std::size_t>(link.to)] += link.size;
        // What stays, first: it lies at the top of both ends.
        for (std::size_t band = 0; band < bands_.size(); ++band) {
            const auto stays =
                now.has_links ? now.sizes[band] - gained[band] : std::min(before.sizes[band], now.sizes[band]);
            const int size = scaled(std::max<std::int64_t>(0, std::min(stays, before.sizes[band])));
            leave[band] = from_spans[band].first + size;
            arrive[band] = to_spans[band].first + size;
            if (size > 0)
                out += curve(x1, from_spans[band].first, leave[band], x2, to_spans[band].first, arrive[band],
                             colour(static_cast<int>(band)), 35, name(band));
        }
        if (now.has_links) {
            for (const auto& link : now.links) {
                const int size = std::max(3, scaled(link.size));
                auto &from = leave[static_cast<std::size_t>(link.from)],
                     &to = arrive[static_cast<std::size_t>(link.to)];
                out +=
                    curve(x1, from, from + size, x2, to, to + size, colour(link.from), 60,
                          name(static_cast<std::size_t>(link.from)) + " → " + name(static_cast<std::size_t>(link.to)));
                from += size;
                to += size;
            }
            return out;
        }
        // Counted anew: losses and gains meet in a node between the columns.
        std::int64_t lost = 0, won = 0;
        for (std::size_t band = 0; band < bands_.size(); ++band) {
            lost += std::max<std::int64_t>(0, before.sizes[band] - now.sizes[band]);
            won += std::max<std::int64_t>(0, now.sizes[band] - before.sizes[band]);
        }
        const int size = scaled(std::max(lost, won));
        if (size < 3) return out;
        const int middle = (x1 + x2) / 2 - 4, node_top = (top + height) * 10 - size;
        int into = node_top, out_of = node_top;
        for (std::size_t band = 0; band < bands_.size(); ++band) {
            if (const auto less = scaled(before.sizes[band] - now.sizes[band]); less > 0) {
                out += curve(x1, leave[band], leave[band] + less, middle, into, into + less,
                             colour(static_cast<int>(band)), 60, name(band));
                into += less;
            }
            if (const auto more = scaled(now.sizes[band] - before.sizes[band]); more > 0) {
                out += curve(middle + 8, out_of, out_of + more, x2, arrive[band], arrive[band] + more, "#98A2B0", 60,
                             name(band));
                out_of += more;
            }
        }
        return out + "<rect x=\"" + std::to_string(middle) + "\" y=\"" + tenth(node_top) + "\" width=\"8\" height=\"" +
               tenth(size) + "\" fill=\"#56606D\"><title>" + html_escape(say(language_, "count.label.redistributed")) +
               "</title></rect>";
    }

    const std::string& name(std::size_t band) const { return bands_[band].in(language_); }
    static std::string figure_of(std::int64_t size) {
        const auto cents = size % 1'000'000 / 10'000;
        return std::to_string(size / 1'000'000) +
               (cents > 0 ? "." + std::string(cents < 10 ? "0" : "") + std::to_string(cents) : "");
    }
    Text words_of(const Snapshot& shot, std::size_t band) const {
        const bool in = shot.elected.contains(static_cast<int>(band));
        Text out;
        for (const auto language : all_languages)
            out.in(language) =
                (in ? "✓ " : "") + shortened(bands_[band].in(language)) + " · " + figure_of(shot.sizes[band]);
        return out;
    }

    std::string draw_nodes(int column) {
        const auto& shot = shots_[static_cast<std::size_t>(column)];
        std::string out = "<text x=\"" + std::to_string(x_of(column)) + "\" y=\"18\">" +
                          in_all_languages("tspan", say_all("count.label.round_number", {{"round", shot.round}})) +
                          "</text>";
        for (std::size_t band = 0; band < bands_.size(); ++band) {
            const auto [y1, y2] = spans_[static_cast<std::size_t>(column)][band];
            if (y2 == y1) continue;
            out += "<rect x=\"" + std::to_string(x_of(column)) + "\" y=\"" + tenth(y1) + "\" width=\"" +
                   std::to_string(node_width) + "\" height=\"" + tenth(y2 - y1) + "\" fill=\"" +
                   colour(static_cast<int>(band)) + "\"><title>" +
                   html_escape(name(band) + " · " + figure_of(shot.sizes[band])) + "</title></rect>";
            // A band of less than a line's height is named under the pointer only.
            if (y2 - y1 < label_height) continue;
            out += "<text x=\"" + std::to_string(x_of(column) + node_width + 4) + "\" y=\"" +
                   tenth((y1 + y2) / 2 + 40) + "\">" + in_all_languages("tspan", words_of(shot, band)) + "</text>";
        }
        return out;
    }

    const Count& count_;
    Language language_;
    std::vector<int> band_;
    std::vector<Text> bands_;
    int lost_ = 0, room_ = height, column_width_ = 100;
    std::int64_t total_ = 0;
    std::vector<Snapshot> shots_;
    std::vector<std::vector<std::pair<int, int>>> spans_;
};

}  // namespace

std::string picture_of(const Count& count, Language language) { return Picture(count, language).draw(); }

}  // namespace plenum::count
