#include "app/labs/gpu/views/answer_view.h"

#include "app/labs/gpu/gpu_pictures.h"
#include "widgets/frame/paint.h"
#include "widgets/plot/number_format.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <algorithm>

namespace orrery::panel {

namespace {

constexpr double kPicture = 340; ///< side
constexpr double kBarRow = 30;
constexpr double kInset = 12; ///< where the card's title begins

AnswerView::Bar barOf(const gpu::Candidate& candidate, const QString& nameless) {
    return {candidate.name.empty() ? nameless.arg(candidate.index) : QString::fromStdString(candidate.name),
            candidate.probability};
}

QString shareInWords(double share) {
    if (share < 1e-4) return QStringLiteral("< 0.01 %");
    return (share < 0.01 ? fixedNumber(100 * share, 2) : fixedNumber(100 * share, 1)) + QStringLiteral(" %");
}

bool isDrawn(const std::string& weights) {
    return weights.starts_with("drawn");
}

} // namespace

AnswerView::AnswerView(QWidget* parent) : QWidget(parent) {
    setAcceptDrops(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void AnswerView::setAsksText(bool text) {
    m_text = text;
    setCursor(text ? Qt::ArrowCursor : Qt::PointingHandCursor);
    update();
}

void AnswerView::setAnswers(const gpu::ClassifyMessage* classes, const gpu::FillMaskMessage* masks,
                            const std::string& refusal) {
    m_groups.clear();
    m_summary.clear(), m_remark.clear();
    m_newest = classes;
    const auto told = [this](const auto& message) {
        m_summary = tr("%1, one forward: %2").arg(modelTitle(message.model), timeInWords(message.timeUs));
        if (isDrawn(message.weights))
            m_remark = tr("The weights are %1: what comes out means nothing.")
                           .arg(QString::fromStdString(message.weights));
    };
    if (!refusal.empty()) {
        m_remark = tr("Refused: %1.").arg(QString::fromStdString(refusal));
    } else if (!m_text && classes && classes != m_stale) {
        told(*classes);
        Group group{tr("Five likeliest classes"), {}};
        for (const gpu::Candidate& candidate : classes->classes)
            group.bars.push_back(barOf(candidate, tr("class %1")));
        m_groups.push_back(std::move(group));
    } else if (m_text && masks) {
        told(*masks);
        showMasks(*masks);
    }
    update();
}

// The text as the model saw it, over the words for each of its masks.
void AnswerView::showMasks(const gpu::FillMaskMessage& masks) {
    for (const gpu::MaskMessage& mask : masks.masks) {
        QStringList words;
        for (std::size_t i = 0; i < masks.tokens.size(); ++i) {
            const QString word = QString::fromStdString(masks.tokens[i]);
            const bool isOther = word == u"[MASK]" && static_cast<std::int64_t>(i) != mask.token;
            words << (isOther ? QStringLiteral("…") : word);
        }
        Group group{words.join(u' '), {}};
        for (const gpu::Candidate& candidate : mask.words)
            group.bars.push_back(barOf(candidate, tr("word %1")));
        m_groups.push_back(std::move(group));
    }
}

void AnswerView::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

QSize AnswerView::minimumSizeHint() const {
    return {m_theme.px(280), m_theme.px(200)};
}

bool AnswerView::isWeights(const QString& path) {
    return path.endsWith(QStringLiteral(".safetensors"), Qt::CaseInsensitive);
}

bool AnswerView::take(const QString& path) {
    if (isWeights(path)) {
        Q_EMIT weightsGiven(path);
        return true;
    }
    QImage picture(path);
    if (picture.isNull()) {
        Q_EMIT refused(tr("%1 is no picture that can be read.").arg(QFileInfo(path).fileName()));
        return false;
    }
    show(picture);
    return true;
}

// The answer to the picture before goes at once.
void AnswerView::show(const QImage& picture) {
    m_picture = picture;
    m_stale = m_newest;
    m_groups.clear(), m_summary.clear();
    m_remark = tr("Asking…");
    update();
    Q_EMIT pictureAsked(picture);
}

void AnswerView::chooseFile() {
    auto* dialog =
        new QFileDialog(this, tr("Ask about a picture"), {}, tr("Pictures (*.png *.jpg *.jpeg *.bmp *.ppm)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &AnswerView::take);
    dialog->open();
}

void AnswerView::dragEnterEvent(QDragEnterEvent* event) {
    const auto urls = event->mimeData()->urls();
    const QString path = urls.isEmpty() ? QString() : urls.front().toLocalFile();
    const bool isRun = path.endsWith(QStringLiteral(".jsonl"), Qt::CaseInsensitive);
    const bool isPicture = !m_text && !isRun && (event->mimeData()->hasImage() || !path.isEmpty());
    if (isPicture || isWeights(path)) event->acceptProposedAction();
}

void AnswerView::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    if (const auto urls = event->mimeData()->urls(); !urls.isEmpty()) {
        take(urls.front().toLocalFile());
    } else if (event->mimeData()->hasImage()) {
        show(qvariant_cast<QImage>(event->mimeData()->imageData()));
    }
}

void AnswerView::mousePressEvent(QMouseEvent*) {
    if (!m_text) chooseFile();
}

void AnswerView::keyPressEvent(QKeyEvent* event) {
    if (!m_text && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) return chooseFile();
    QWidget::keyPressEvent(event);
}

// --- painting ---

void AnswerView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const double top = m_theme.px(12), left = m_text ? m_theme.px(kInset) * 1.0 : paintPicture(painter);
    double y = top;
    for (const Group& group : m_groups)
        y += paintGroup(painter, group, QRectF(left, y, width() - left - m_theme.px(kInset), height() - y)) +
             m_theme.px(18);
    painter.setFont(m_theme.words(13));
    painter.setPen(m_theme.inkSecond);
    QString words = m_remark;
    if (m_groups.empty() && words.isEmpty())
        words = m_text
                    ? tr("Type a text with [MASK] in it under Parameters: the words that fit come here")
                    : tr("Drop a picture here, or press to choose one: its five likeliest classes come here");
    const QRectF rest(left, m_groups.empty() ? top : y, width() - left - m_theme.px(kInset), m_theme.px(60));
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, words);
    if (hasFocus()) drawFocusRing(painter, rect(), m_theme.px(4), m_theme);
}

double AnswerView::paintPicture(QPainter& painter) const {
    const double side =
        std::min<double>(m_theme.px(kPicture), std::min(width() * 0.4, height() - m_theme.px(24.0) * 1.0));
    const QRectF frame(m_theme.px(kInset), m_theme.px(12), side, side);
    if (m_picture.isNull()) {
        QPen dashed(m_theme.ghost, m_theme.contextWidth(), Qt::CustomDashLine, Qt::FlatCap);
        dashed.setDashPattern({4, 3});
        painter.setPen(dashed);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(frame, m_theme.px(8), m_theme.px(8));
    } else {
        // The square in the middle: what the model sees.
        const double most = std::min(m_picture.width(), m_picture.height());
        painter.drawImage(
            frame, m_picture,
            QRectF((m_picture.width() - most) / 2, (m_picture.height() - most) / 2, most, most));
    }
    return frame.right() + m_theme.px(24);
}

double AnswerView::paintGroup(QPainter& painter, const Group& group, const QRectF& where) const {
    double y = where.top();
    drawElided(painter, {where.left(), y, where.width(), double(m_theme.px(22))},
               Qt::AlignLeft | Qt::AlignVCenter, m_theme.words(13, QFont::DemiBold), m_theme.ink,
               group.title);
    y += m_theme.px(26);
    const double figure = m_theme.px(72), most = where.width() - figure;
    for (const Bar& bar : group.bars) {
        drawElided(painter, {where.left(), y, most, double(m_theme.px(18))}, Qt::AlignLeft | Qt::AlignVCenter,
                   m_theme.words(12.5), m_theme.ink, bar.name);
        drawElided(painter, {where.right() - figure, y, figure, double(m_theme.px(18))},
                   Qt::AlignRight | Qt::AlignVCenter, m_theme.numbers(12), m_theme.ink,
                   shareInWords(bar.share));
        const QRectF track(where.left(), y + m_theme.px(20), where.width(), m_theme.px(4));
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.track);
        painter.drawRoundedRect(track, 2, 2);
        painter.setBrush(&bar == &group.bars.front() ? m_theme.brass : m_theme.accent);
        painter.drawRoundedRect(QRectF(track.left(), track.top(),
                                       std::max(4.0, track.width() * std::clamp(bar.share, 0.0, 1.0)),
                                       track.height()),
                                2, 2);
        y += m_theme.px(kBarRow);
    }
    return y - where.top();
}

} // namespace orrery::panel
