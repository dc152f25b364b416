// Data made on the spot: the generator, its parameters as a form, the visible seed, and a live tiny picture
// of what will come. The picture is made on a worker thread from a table of moderate size, whatever was asked
// for.
#pragma once

#include "core/data/generators.h"
#include "core/session/latest_job.h"
#include "widgets/data/table_scatter.h"

#include <QTimer>
#include <QWidget>

class QPushButton;

namespace orrery {

class Card;
class ParameterForm;
class SeedEntry;
class SoftCombo;
class ThemedLabel;

/// As `values`, with rows and features cut to what a picture needs. False where nothing had to be cut.
[[nodiscard]] bool cutToPreview(const data::GeneratorInfo& info, ParameterValues& values);

class GeneratorPanel final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit GeneratorPanel(QWidget* parent = nullptr);

    void setGenerator(const QString& id);
    void setValues(const ParameterValues& values, quint64 seed);
    [[nodiscard]] QString generator() const;
    [[nodiscard]] ParameterValues values() const;
    [[nodiscard]] quint64 seed() const;
    [[nodiscard]] bool isPreviewSettled() const { return m_settled; }
    /// What the generator says against these values; empty when they are sound.
    [[nodiscard]] QString problem() const { return m_problem; }
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override { return m_minimum; }

  Q_SIGNALS:
    void generatorAccepted(const QString& id, const orrery::ParameterValues& values, quint64 seed);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Preview {
        ScatterPicture picture;
        QString words, problem;
    };
    QWidget* makeChoices();
    void follow();
    void changed();
    void work();
    void showPreview(const Preview& preview);
    [[nodiscard]] static Preview previewOf(const data::GeneratorInfo& info, ParameterValues values,
                                           quint64 seed);

    const data::GeneratorInfo* m_info = nullptr;
    Card* m_choices;
    Card* m_pictureCard;
    SoftCombo* m_generator = nullptr;
    ThemedLabel* m_sentence = nullptr;
    ParameterForm* m_form = nullptr;
    SeedEntry* m_seed = nullptr;
    ThemedLabel* m_problemLabel = nullptr;
    QPushButton* m_use = nullptr;
    TableScatter* m_picture;
    QString m_problem;
    QSize m_minimum{320, 300};
    QTimer m_pause;
    int m_generation = 0;
    bool m_settled = true;
    LatestJob m_job; ///< last: its thread has ended before the rest goes
};

} // namespace orrery
