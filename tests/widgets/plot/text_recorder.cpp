#include "tests/widgets/plot/text_recorder.h"

#include <QPaintEngine>
#include <QPainter>
#include <QWidget>

class TextRecorder::Engine final : public QPaintEngine {
  public:
    Engine() : QPaintEngine(QPaintEngine::AllFeatures) {}
    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState&) override {}
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}
    void drawPath(const QPainterPath&) override {}
    void drawPolygon(const QPointF*, int, PolygonDrawMode) override {}
    [[nodiscard]] Type type() const override { return QPaintEngine::User; }
    void drawTextItem(const QPointF& at, const QTextItem& item) override {
        const QFontMetricsF metrics(item.font());
        const QRectF box(at.x(), at.y() - metrics.capHeight(), item.width(), metrics.capHeight());
        texts.push_back({item.text(), painter()->combinedTransform().mapRect(box)});
    }

    std::vector<DrawnText> texts;
};

TextRecorder::TextRecorder(QSize size) : m_size(size), m_engine(std::make_unique<Engine>()) {}

TextRecorder::~TextRecorder() = default;

QPaintEngine* TextRecorder::paintEngine() const {
    return m_engine.get();
}

const std::vector<DrawnText>& TextRecorder::texts() const {
    return m_engine->texts;
}

int TextRecorder::metric(PaintDeviceMetric metric) const {
    switch (metric) {
    case PdmWidth:
        return m_size.width();
    case PdmHeight:
        return m_size.height();
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
        return 96;
    case PdmDepth:
        return 32;
    case PdmDevicePixelRatio:
        return 1;
    case PdmDevicePixelRatioScaled:
        return static_cast<int>(devicePixelRatioFScale());
    default:
        return QPaintDevice::metric(metric);
    }
}

std::vector<DrawnText> textsOf(QWidget& widget) {
    TextRecorder recorder(widget.size());
    widget.render(&recorder);
    return recorder.texts();
}

QString textFaults(QWidget& widget) {
    const std::vector<DrawnText> texts = textsOf(widget);
    const QRectF edge = QRectF(widget.rect()).adjusted(-0.5, -0.5, 0.5, 0.5);
    QString faults;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (!edge.contains(texts[i].box)) faults += QStringLiteral("cut off: \"%1\"\n").arg(texts[i].text);
        for (std::size_t j = 0; j < i; ++j)
            if (texts[i].box.adjusted(0.5, 0.5, -0.5, -0.5).intersects(texts[j].box))
                faults +=
                    QStringLiteral("on each other: \"%1\" and \"%2\"\n").arg(texts[j].text, texts[i].text);
    }
    return faults;
}
