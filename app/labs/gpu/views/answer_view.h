// Real questions: a picture is dropped and its classes come back as bars; a text with [MASK] in it and the
// words that the model puts there. Without trained weights the answers mean nothing, and that is said.
#pragma once

#include "widgets/runner/run_moment.h"
#include "widgets/theme/theme.h"

#include <QImage>
#include <QWidget>

namespace orrery::panel {

class AnswerView final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit AnswerView(QWidget* parent = nullptr);
    /// Whether a text is asked, and not a picture.
    void setAsksText(bool text);
    /// `refusal`: why the newest question had no answer; empty: it had, or is still open.
    void setAnswers(const gpu::ClassifyMessage* classes, const gpu::FillMaskMessage* masks,
                    const std::string& refusal);
    [[nodiscard]] QString summary() const { return m_summary; }
    /// As if it had been dropped here: a picture, or a file of weights. False when it is neither.
    bool take(const QString& path);

    struct Bar {
        QString name;
        double share = 0;
    };
    struct Group { ///< of one masked word, or of the picture
        QString title;
        std::vector<Bar> bars;
    };
    [[nodiscard]] const std::vector<Group>& groups() const { return m_groups; }

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void pictureAsked(const QImage& picture);
    void weightsGiven(const QString& path); ///< a safetensors file was dropped
    void refused(const QString& sentence);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void chooseFile();
    void show(const QImage& picture);
    void showMasks(const gpu::FillMaskMessage& masks);
    [[nodiscard]] static bool isWeights(const QString& path);
    double paintPicture(QPainter& painter) const;
    double paintGroup(QPainter& painter, const Group& group, const QRectF& where) const;

    Theme m_theme = Theme::light();
    QImage m_picture;
    std::vector<Group> m_groups;
    QString m_summary, m_remark;
    bool m_text = false;
    const gpu::ClassifyMessage *m_newest = nullptr,
                               *m_stale = nullptr; ///< answers to the picture, to the one before
};

} // namespace orrery::panel
