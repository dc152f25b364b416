#include "app/labs/lasso/views/path_view.h"

#include "app/labs/lasso/views/path_bundle.h"
#include "widgets/frame/paint.h"
#include "widgets/plot/end_labels.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/playhead.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>

namespace orrery::lasso {

namespace {

constexpr std::size_t kFocus = 6;   ///< categorical colours
constexpr std::size_t kLabels = 28; ///< end labels at most
constexpr double kReach = 9.0;      ///< pixels from the pointer to a path

} // namespace

PathView::PathView(QWidget* parent)
    : Plot(parent)
    , m_bundle(new PathBundle(this))
    , m_labels(new EndLabels(this))
    , m_playhead(new Playhead(this)) {
    new Sketch(
        this, [this](QPainter& painter) { paintDots(painter); }, false, Sketch::Level::Overlay);
    setPlaceholder(tr("The path has not started"));
    setReadout([this](QPointF pixel) { return readoutAt(pixel); });
    connect(m_playhead, &Playhead::moved, this, [this](double x) {
        if (m_data) Q_EMIT lambdaDragged(lambdaAt(*m_data, indexOf(m_positions, x)));
    });
    connect(m_playhead, &Playhead::stepped, this, [this](int by) {
        // Over λ the line may go on where the path is yet to come; the positions are in the order of the
        // path.
        const double knot = std::round(m_knot) + by;
        if (m_data && knot >= 0.0 && knot < static_cast<double>(m_positions.size()))
            Q_EMIT lambdaDragged(lambdaAt(*m_data, knot));
    });
    connect(this, &Plot::hovered, this, &PathView::hoverAt);
    connect(this, &Plot::pointerLeft, this, [this] { hoverAt({-1e6, -1e6}); });
    connect(this, &Plot::clicked, this, [this](QPointF pixel) {
        if (const int column = columnAt(pixel); column >= 0) Q_EMIT coefficientClicked(column);
    });
}

void PathView::setPath(std::shared_ptr<const PathData> path) {
    m_data = std::move(path);
    rebuild();
}

void PathView::setGhost(std::shared_ptr<const PathData> path) {
    m_ghost = std::move(path);
    m_bundle->setGhost(m_ghost);
    rebuild();
}

void PathView::setAxis(PathAxis axis) {
    m_axis = axis;
    rebuild();
    resetView();
}

void PathView::setFocusColumns(std::vector<int> columns) {
    m_chosen = std::move(columns);
    rebuild();
}

void PathView::setLambda(double lambda) {
    m_lambda = lambda;
    placeNow();
}

void PathView::setHighlightedColumn(int column) {
    if (column == m_highlighted) return;
    m_highlighted = column;
    m_bundle->setHighlighted(column);
    m_labels->setHighlighted(column);
}

void PathView::rebuild() {
    const bool empty = !m_data || m_data->computed < 1;
    measureValues();
    m_labelled.clear();
    m_positions = empty ? std::vector<double>() : knotPositions(*m_data, m_axis);
    m_category.assign(m_data ? m_data->active.size() : 0, -1);
    for (std::size_t i = 0; i < m_category.size(); ++i) {
        const auto chosen = std::find(m_chosen.begin(), m_chosen.end(), m_data->active[i].column);
        if (m_chosen.empty())
            m_category[i] = i < kFocus ? static_cast<int>(i) : -1;
        else if (chosen != m_chosen.end() && chosen - m_chosen.begin() < static_cast<std::ptrdiff_t>(kFocus))
            m_category[i] = static_cast<int>(chosen - m_chosen.begin());
    }
    const QString titles[] = {tr("λ, decreasing"), tr("ℓ₁ norm of the coefficients, Σ|β|"),
                              tr("share of deviance explained")};
    setHorizontal({.title = titles[static_cast<int>(m_axis)],
                   .logarithmic = m_axis == PathAxis::Lambda,
                   .reversed = m_axis == PathAxis::Lambda});
    setVertical({.title = tr("coefficient β (standardised units)"), .reference = 0.0});
    setPlaceholder(empty ? tr("The path has not started") : QString());
    if (!empty) {
        // Over λ the whole grid shows from the start, so that nothing slides while the path grows.
        std::vector<double> along = m_positions;
        if (m_axis == PathAxis::Lambda) {
            PathData whole;
            whole.lambdas = m_data->lambdas;
            whole.computed = static_cast<int>(whole.lambdas.size());
            along = knotPositions(whole, m_axis);
        }
        const auto [low, high] = std::minmax_element(along.begin(), along.end());
        m_along = {*low, *high > *low ? *high : *low + 1.0};
        setHome(m_along, valueRange());
    }
    m_bundle->setData(empty ? nullptr : m_data, m_axis, m_category);
    placeNow();
}

void PathView::measureValues() {
    double low = 0.0, high = 0.0;
    for (const PathData* path : {m_data.get(), m_ghost.get()}) {
        if (!path) continue;
        for (const PathColumn& column : path->active)
            for (const double value : column.values)
                low = std::min(low, value), high = std::max(high, value);
    }
    m_values = {low, high};
}

QCPRange PathView::valueRange() const {
    const double low = m_values.lower, high = m_values.upper;
    // Below, the tag of the playhead needs room too, which is a larger share of a small picture.
    const double room = high > low ? 0.06 * (high - low) : 1.0;
    const double tall = viewport().height() - 3.5 * QFontMetricsF(theme().axis()).height();
    const double tag = QFontMetricsF(theme().numbers(12)).height() + theme().px(4 + 8 + 6);
    const double share = std::clamp(tag / std::max(tall, 1.0), 0.0, 0.3);
    const double below = high > low ? (high + room - low) * share / (1.0 - share) : 0.0;
    return {low - std::max(1.8 * room, below), high + room};
}

void PathView::arrange() {
    if (m_data && !m_positions.empty()) setHome(m_along, valueRange());
}

void PathView::placeNow() {
    if (!m_data || m_positions.empty()) return m_playhead->setPosition(std::nullopt);
    m_knot = knotOf(*m_data, m_lambda);
    const double x = valueAt(m_positions, m_knot);
    m_playhead->setPosition(x);
    m_playhead->setTag(QStringLiteral("λ = %1").arg(shortNumber(m_lambda)));
    m_bundle->setNow(x);
    labelEnds();
}

// Ranked before anything is written: of many curves few get a label.
void PathView::labelEnds() {
    const int last = m_data->computed - 1;
    std::vector<std::pair<double, std::size_t>> ranked;
    for (std::size_t i = 0; i < m_data->active.size(); ++i) {
        const double end = coefficientAt(m_data->active[i], last);
        if (m_category[i] >= 0)
            ranked.emplace_back(1e300 - m_category[i], i);
        else if (end != 0.0)
            ranked.emplace_back(std::abs(end), i);
    }
    const auto count = static_cast<std::ptrdiff_t>(std::min(kLabels, ranked.size()));
    std::partial_sort(ranked.begin(), ranked.begin() + count, ranked.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::vector<EndLabel> labels;
    decltype(m_labelled) labelled;
    for (auto at = ranked.begin(); at != ranked.begin() + count; ++at) {
        const PathColumn& column = m_data->active[at->second];
        const int category = m_category[at->second];
        const double end = coefficientAt(column, last);
        const bool inModel = category >= 0 && coefficientAt(column, m_knot) != 0.0;
        EndLabel label{m_data->name(column.column), end, {}, inModel, column.column};
        if (inModel) label.color = [category](const Theme& t) { return t.category(category).color; };
        labels.push_back(std::move(label));
        labelled.emplace_back(column.column, category, inModel, end);
    }
    if (labelled == m_labelled) return; // a new layout is dear
    m_labelled = std::move(labelled);
    m_labels->setLabels(std::move(labels));
}

void PathView::paintDots(QPainter& painter) const {
    if (!m_data || m_positions.empty()) return;
    const double x = toX(valueAt(m_positions, m_knot));
    if (x < area().left() - 1 || x > area().right() + 1) return;
    for (std::size_t i = m_category.size(); i-- > 0;) {
        const bool lit = m_data->active[i].column == m_highlighted;
        const double beta = m_category[i] >= 0 || lit ? coefficientAt(m_data->active[i], m_knot) : 0.0;
        const double y = toY(beta);
        if (beta == 0.0 || y < area().top() || y > area().bottom()) continue;
        const CategoryStyle& style = theme().category(std::max(0, m_category[i]));
        drawMark(painter, {x, y}, m_category[i] >= 0 ? style.shape : MarkShape::Disc,
                 theme().markSize() * (lit ? 1.2 : 0.95), m_category[i] >= 0 ? style.color : theme().ink,
                 theme().surface);
    }
}

QString PathView::summary() const {
    if (!m_data || m_positions.empty()) return {};
    const auto count =
        std::count_if(m_data->active.begin(), m_data->active.end(),
                      [this](const PathColumn& column) { return coefficientAt(column, m_knot) != 0.0; });
    const QStringList forms{tr("%1 of %2 in the model at this λ"), tr("%1 of %2 in the model"),
                            tr("%1 of %2")};
    return forms.join(kShorter).arg(fixedNumber(double(count), 0), fixedNumber(m_data->columns, 0));
}

int PathView::categoryOf(int column) const {
    for (std::size_t i = 0; i < m_category.size(); ++i)
        if (m_data->active[i].column == column) return m_category[i];
    return -1;
}

int PathView::columnAt(QPointF pixel) const {
    if (!m_data || m_positions.empty()) return -1;
    if (const int label = m_labels->idAt(pixel); label >= 0) return label;
    if (!area().contains(pixel)) return -1;
    const double knot = indexOf(m_positions, fromX(pixel.x()));
    int best = -1;
    double closest = kReach;
    for (const PathColumn& column : m_data->active) {
        const double beta = coefficientAt(column, knot), away = std::abs(toY(beta) - pixel.y());
        if (beta == 0.0 || away >= closest) continue;
        closest = away;
        best = column.column;
    }
    return best;
}

void PathView::hoverAt(QPointF pixel) {
    const int column = columnAt(pixel);
    if (std::exchange(m_hovered, column) != column) Q_EMIT coefficientHovered(column);
}

std::optional<Readout> PathView::readoutAt(QPointF pixel) const {
    const int column = columnAt(pixel);
    if (column < 0) return std::nullopt;
    const double knot = indexOf(m_positions, fromX(pixel.x()));
    for (const PathColumn& path : m_data->active) {
        if (path.column != column) continue;
        const double beta = coefficientAt(path, knot);
        return Readout{
            tr("%1  %2\nλ %3")
                .arg(m_data->name(column), shortNumber(beta), shortNumber(lambdaAt(*m_data, knot))),
            toPixel(valueAt(m_positions, knot), beta)};
    }
    return std::nullopt;
}

} // namespace orrery::lasso
