#include "widgets/palette/palette_model.h"

#include "widgets/frame/paint.h"
#include "widgets/theme/contrast.h"

#include <QPainter>
#include <algorithm>

namespace orrery {

void PaletteModel::show(const std::vector<PaletteEntry>& entries, const QString& query) {
    beginResetModel();
    m_rows.clear();
    for (const PaletteEntry& entry : entries) {
        if (auto match = fuzzyMatch(query, entry.title)) {
            m_rows.push_back({&entry, std::move(*match)});
        } else if (hasWords(query, entry.category + QLatin1Char(' ') + entry.title + QLatin1Char(' ') +
                                       entry.detail)) {
            m_rows.push_back(
                {&entry, {-1000, {}}}); // found beside the title: after everything whose title has it
        }
    }
    std::stable_sort(m_rows.begin(), m_rows.end(),
                     [](const PaletteRow& a, const PaletteRow& b) { return a.match.score > b.match.score; });
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const PaletteEntry& entry = *at(index.row()).entry;
    switch (role) {
    case Qt::DisplayRole:
        return entry.title;
    case Qt::AccessibleDescriptionRole:
        return QStringList{entry.category, entry.detail, entry.keys}.join(QLatin1Char(' '));
    default:
        return {};
    }
}

double PaletteDelegate::paintTitle(QPainter& painter, const PaletteRow& row, const QRectF& box) const {
    const QFont plain = m_theme.words(13), bold = m_theme.words(13, QFont::Bold);
    const QString& title = row.entry->title;
    const QColor lit = readable(m_theme.accent, m_theme.accentSoft);
    double x = box.left();
    // Runs of equal kind, so that kerning inside a run stays.
    for (qsizetype at = 0; at < title.size() && x < box.right();) {
        const auto isMatch = [&](qsizetype i) {
            return std::binary_search(row.match.positions.begin(), row.match.positions.end(),
                                      static_cast<int>(i));
        };
        const bool match = isMatch(at);
        qsizetype end = at + 1;
        while (end < title.size() && isMatch(end) == match)
            ++end;
        const QFont& font = match ? bold : plain;
        const QString run = title.mid(at, end - at);
        drawElided(painter, QRectF(x, box.top(), box.right() - x, box.height()),
                   Qt::AlignVCenter | Qt::AlignLeft, font, match ? lit : m_theme.ink, run);
        x += textWidth(font, run);
        at = end;
    }
    return x;
}

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const PaletteRow& row = m_model->at(index.row());
    const QRectF box = option.rect;
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected))
        drawPanel(*painter, box.adjusted(0, 1, 0, -1), m_theme.px(8), m_theme.accentSoft);
    QRectF icon(box.left() + m_theme.px(12), 0, m_theme.px(18), m_theme.px(18));
    icon.moveTop(box.center().y() - icon.height() / 2);
    if (row.entry->icon) paintIcon(*painter, icon, *row.entry->icon, m_theme.inkSecond, m_theme);
    QRectF words = box.adjusted(m_theme.px(42), 0, -m_theme.px(14), 0);
    const QFont keyFont = m_theme.numbers(11), small = m_theme.words(12);
    // From the right: keys, then the category; the title and its detail have the rest.
    const auto fromRight = [&](const QString& text, const QFont& font) {
        if (text.isEmpty()) return;
        const double wide = textWidth(font, text);
        drawElided(*painter, QRectF(words.right() - wide, words.top(), wide, words.height()),
                   Qt::AlignVCenter | Qt::AlignLeft, font, m_theme.inkSecond, text);
        words.setRight(words.right() - wide - m_theme.px(14));
    };
    fromRight(row.entry->keys, keyFont);
    fromRight(row.entry->category, small);
    const double x = paintTitle(*painter, row, words) + m_theme.px(12);
    if (words.right() - x > m_theme.px(30))
        drawElided(*painter, QRectF(x, words.top(), words.right() - x, words.height()),
                   Qt::AlignVCenter | Qt::AlignLeft, small, m_theme.inkSecond, row.entry->detail);
    painter->restore();
}

} // namespace orrery
