// Small pieces that the data dialogs share.
#pragma once

#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QWidget>

namespace orrery {

/// A line edit that keeps Enter to itself: it must not press the dialog's default button.
class EntryField final : public QLineEdit, public Themed {
    Q_OBJECT
  public:
    /// `mono` for numbers and formulas.
    explicit EntryField(const QString& placeholder, bool mono = false, QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    /// In logical pixels, following the type.
    void setFieldWidth(int width);

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    bool m_mono;
    int m_width = 0;
};

/// Text in one of the theme's inks and sizes; wraps on request.
class ThemedLabel final : public QLabel, public Themed {
    Q_OBJECT
  public:
    enum class Style { Title, Heading, Body, Muted, Small, Failure, Figure };
    explicit ThemedLabel(Style style, const QString& text = {}, QWidget* parent = nullptr);
    void setStyle(Style style);
    void setTheme(const Theme& theme) override;

  private:
    Style m_style;
    Theme m_theme = Theme::light();
};

/// A strip on the surface colour with a line towards the middle of the dialog.
class DialogBand final : public QWidget, public Themed {
    Q_OBJECT
  public:
    enum class Side { Top, Bottom };
    explicit DialogBand(Side side, QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Side m_side;
    Theme m_theme = Theme::light();
};

/// A die that throws a new seed: drawn here, as no other place needs one.
class DieButton final : public QAbstractButton, public Themed {
    Q_OBJECT
  public:
    explicit DieButton(QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(28), m_theme.px(28)}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Theme m_theme = Theme::light();
};

/// Shut while checked: the seed stays.
class LockButton final : public QAbstractButton, public Themed {
    Q_OBJECT
  public:
    explicit LockButton(QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(28), m_theme.px(28)}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Theme m_theme = Theme::light();
};

/// The seed: seen, typed, thrown, locked.
class SeedEntry final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit SeedEntry(QWidget* parent = nullptr);
    [[nodiscard]] quint64 seed() const { return m_seed; }
    void setSeed(quint64 seed);
    [[nodiscard]] bool isLocked() const;
    void setLocked(bool locked);
    /// A new one, unless it is locked.
    void throwDie();
    void setTheme(const Theme& theme) override;

  Q_SIGNALS:
    /// By hand: typed or thrown.
    void seedChanged(quint64 seed);

  private:
    void take(quint64 seed);
    void follow();

    quint64 m_seed = 1;
    EntryField* m_field;
    DieButton* m_die;
    LockButton* m_lock;
};

} // namespace orrery
